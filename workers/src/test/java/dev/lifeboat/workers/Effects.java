package dev.lifeboat.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What a worker does to the world, written to a file in its order: an activity, or something done in it. Each has a
 * point before and a point after it, and a stream has one in its middle. At a point this process may halt, or stop and
 * let the test do something to somebody else; each point is used once, also when another process comes by later.
 *
 * <p>Where only some runbooks are counted, each effect has its runbook's name before it, and all others are none.
 */
final class Effects {

    /** What happens at a point that no process has used yet. */
    enum Mode {
        /** Nothing: only the list is wanted. */
        RECORD,
        /** This process halts, at every point. */
        HALT,
        /** This process waits until the test goes on, at the points of activities. */
        WAIT
    }

    /**
     * What a test wants of them.
     *
     * @param only a point to use and no other; all of them if blank
     * @param runbooks whose effects are counted, besides those of nobody; all of them, and without their names, if empty
     * @param linger so long at most a process that is about to halt lets other activities end, or come to a point of theirs,
     *     which is used by the same death
     */
    record Wishes(Mode mode, String only, Set<String> runbooks, Duration linger) {}

    private static final long PAUSE = 10_000_000;

    /** Whose effects those are that belong to no activity: there should be none, so nobody leaves them out. */
    private static final String NOBODY = "worker";

    /** Activities that are called so only wait for other runs, and nobody waits for them. */
    private static final String WAITS = ".Await";

    /** So long it takes until activities that were lost by one death have all begun again. */
    private static final Duration BEGINNING = Duration.ofMillis(400);

    private final Path folder;
    private final Wishes wishes;
    private final Set<String> used = new HashSet<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger halting = new AtomicInteger();
    private final ThreadLocal<Attempt> attempt = ThreadLocal.withInitial(() -> new Attempt(NOBODY));

    /**
     * The effects of this process.
     *
     * @param folder for {@code effects}, the list; {@code used}, the points; {@code reached} and {@code go}, for the test
     */
    Effects(Path folder, Wishes wishes) {
        this.folder = folder;
        this.wishes = wishes;
        used.addAll(lines("used"));
    }

    /** An activity, from its start to its end; what this thread does meanwhile belongs to it. */
    <T> T activity(String runbook, String activity, Supplier<T> work) {
        String name = wishes.runbooks().isEmpty() ? activity : runbook + "/" + activity;
        attempt.set(new Attempt(name));
        boolean works = !activity.contains(WAITS);
        running.addAndGet(works ? 1 : 0);
        try {
            list(name);
            at(name + " before", true);
            T result = work.get();
            at(name + " after", true);
            return result;
        } finally {
            running.addAndGet(works ? -1 : 0);
            attempt.remove();
        }
    }

    /** Something that is done once, or refused: then, too, there is a moment after it. */
    <T> T effect(String name, Supplier<T> work) {
        String full = attempt.get().numbered(name);
        list(full);
        at(full + " before", false);
        try {
            return work.get();
        } finally {
            at(full + " after", false);
        }
    }

    /** In the middle of an effect that is a stream. */
    void middle(String name) {
        String full = attempt.get().numbered(name);
        list(full);
        at(full + " middle", false);
    }

    private void list(String effect) {
        if (isCounted(effect)) {
            append("effects", effect);
        }
    }

    private boolean isCounted(String name) {
        return wishes.runbooks().isEmpty()
                || name.startsWith(NOBODY)
                || wishes.runbooks().contains(name.replaceFirst("/.*", ""));
    }

    private void at(String point, boolean activity) {
        if (!isCounted(point) || !use(point, activity)) {
            return;
        }
        if (wishes.mode() == Mode.HALT) {
            linger();
            Runtime.getRuntime().halt(137);
        }
        waitForTheTest(point);
    }

    private void linger() {
        halting.incrementAndGet();
        long begin = System.nanoTime();
        long most = wishes.linger().toNanos();
        long least = Math.min(BEGINNING.toNanos(), most);
        for (long passed = 0; passed < most; passed = System.nanoTime() - begin) {
            if (passed >= least && halting.get() >= running.get()) {
                return;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private synchronized boolean use(String point, boolean activity) {
        boolean wanted = wishes.only().isBlank()
                ? wishes.mode() == Mode.HALT || activity
                : wishes.only().equals(point);
        if (wishes.mode() == Mode.RECORD || !wanted || !used.add(point)) {
            return false;
        }
        append("used", point);
        return true;
    }

    private synchronized void waitForTheTest(String point) {
        append("reached", point);
        int turn = lines("reached").size();
        while (lines("go").size() < turn) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.exists(folder.resolve(file)) ? Files.readAllLines(folder.resolve(file)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void append(String file, String line) {
        try {
            Files.writeString(folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Attempt(String name, Map<String, Integer> times) {

        Attempt(String name) {
            this(name, new HashMap<>());
        }

        String numbered(String effect) {
            int time = times.merge(effect, 1, Integer::sum);
            return "%s: %s%s".formatted(name, effect, time == 1 ? "" : " #" + time);
        }
    }
}
