package dev.lifeboat.workers.month;

import io.temporal.testing.TestWorkflowEnvironment;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The time of a Temporal in this JVM, which passes only when it is told to. */
final class TestTime {

    private static final Duration STEP = Duration.ofMinutes(2);
    private static final Duration FOR_OTHERS = Duration.ofMillis(2);

    private final TestWorkflowEnvironment temporal;

    TestTime(TestWorkflowEnvironment temporal) {
        this.temporal = temporal;
    }

    Instant now() {
        return Instant.ofEpochMilli(temporal.currentTimeMillis());
    }

    /** Lets time pass; it stands still as long as a worker has something to do. */
    void passTo(Instant instant) {
        Duration left = Duration.between(now(), instant);
        if (left.isPositive()) {
            temporal.sleep(left);
        }
    }

    /** Lets time pass although there is something to do and nobody who does it. */
    void passWithoutWorkersTo(Instant instant) {
        for (Duration left = left(instant); left.isPositive(); left = left(instant)) {
            skip(left.compareTo(STEP) < 0 ? left : STEP);
            LockSupport.parkNanos(FOR_OTHERS.toNanos());
        }
    }

    /** Time has passed and the server has not noticed: whatever was due meanwhile is late, all at once. */
    void jumpTo(Instant instant) {
        Duration left = left(instant);
        if (left.isPositive()) {
            skip(left);
        }
    }

    private Duration left(Instant instant) {
        return Duration.between(now(), instant);
    }

    // The server can do it, and no longer offers it to tests: it only sleeps, and never while a task waits for a
    // worker.
    private void skip(Duration duration) {
        try {
            Object timer =
                    field(field(field(temporal, "inProcessServer"), "testServicesStarter"), "selfAdvancingTimer");
            Method skip = timer.getClass().getMethod("skip", Duration.class);
            skip.setAccessible(true);
            skip.invoke(timer, duration);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Temporal's test server has changed: let its time pass in another way", e);
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
