package dev.lifeboat.workflows;

import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where runbooks enter a fake world: each call is written down, and may fail, hang or be watched. */
public final class Doors {

    private static final int FOR_EVER = 1_000_000;

    /** Each call, such as {@code Backup.Take}. */
    public final List<String> log = new CopyOnWriteArrayList<>();

    /** Each call that entered while another was still inside. */
    public final List<String> overlaps = new CopyOnWriteArrayList<>();

    private final List<String> inside = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Supplier<RuntimeException>>> failures = new ConcurrentHashMap<>();
    private final Map<String, Supplier<RuntimeException>> broken = new ConcurrentHashMap<>();
    private final List<String> held = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> before = call -> {};
    private volatile Consumer<String> after = call -> {};

    /** Lets {@code call} fail the next {@code times}. */
    public void fails(String call, int times, Supplier<RuntimeException> failure) {
        if (times >= FOR_EVER) {
            broken.put(call, failure);
            return;
        }
        Deque<Supplier<RuntimeException>> next = failures.computeIfAbsent(call, it -> new ArrayDeque<>());
        synchronized (next) {
            for (int i = 0; i < times; i++) {
                next.add(failure);
            }
        }
    }

    public void fails(String call, Supplier<RuntimeException> failure) {
        fails(call, FOR_EVER, failure);
    }

    public void mended(String call) {
        broken.remove(call);
        failures.remove(call);
    }

    /** Lets {@code call} hang until it is cancelled. */
    public void hangs(String call) {
        held.add(call);
    }

    /** Lets what hangs go on. */
    public void goesOn(String call) {
        held.remove(call);
    }

    /** Lets {@code call} do its work, and then fail. */
    public void failsAfterwards(String call, Supplier<RuntimeException> failure) {
        broken.put(call + " afterwards", failure);
    }

    public void watch(Consumer<String> beforeEach, Consumer<String> afterEach) {
        before = beforeEach;
        after = afterEach;
    }

    public boolean called(String call) {
        return log.contains(call);
    }

    public List<Object> around(Object world, Class<?>... activities) {
        return Arrays.stream(activities).map(it -> door(world, it)).toList();
    }

    private Object door(Object world, Class<?> activities) {
        return Proxy.newProxyInstance(
                activities.getClassLoader(), new Class<?>[] {activities}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass().equals(Object.class)) {
                        return method.invoke(this, arguments);
                    }
                    return enter(world, method, arguments);
                });
    }

    private Object enter(Object world, Method method, Object[] arguments) throws Throwable {
        String call = Activity.getExecutionContext().getInfo().getActivityType();
        log.add(call);
        inside.forEach(other -> overlaps.add(call + " beside " + other));
        inside.add(call);
        try {
            before.accept(call);
            while (held.contains(call)) {
                beat();
            }
            failure(call);
            Object result = method.invoke(world, arguments);
            failure(call + " afterwards");
            after.accept(call);
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            inside.remove(call);
        }
    }

    private void failure(String call) {
        Deque<Supplier<RuntimeException>> next = failures.getOrDefault(call, new ArrayDeque<>());
        synchronized (next) {
            if (!next.isEmpty()) {
                throw next.remove().get();
            }
        }
        if (broken.containsKey(call)) {
            throw broken.get(call).get();
        }
    }

    private static void beat() {
        try {
            Activity.getExecutionContext().heartbeat("still here");
            Thread.sleep(20);
        } catch (ActivityCompletionException stop) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos()); // work does not end the moment it is told to
            throw stop;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
