package dev.lifeboat.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What a worker does to the world, written to a file in its order: an activity, or something done in it. Each has a
 * point before and a point after it, and a stream has one in its middle. At a point this process may halt, or stop and
 * let the test do something to somebody else; each point is used once, also when another process comes by later.
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

    private static final long PAUSE = 10_000_000;

    private final Path folder;
    private final Mode mode;
    private final String only;
    private final Set<String> used = new HashSet<>();
    private final ThreadLocal<Attempt> attempt = ThreadLocal.withInitial(() -> new Attempt("worker"));

    /**
     * The effects of this process.
     *
     * @param folder for {@code effects}, the list; {@code used}, the points; {@code reached} and {@code go}, for the test
     * @param only a point to use and no other; all of them if blank
     */
    Effects(Path folder, Mode mode, String only) {
        this.folder = folder;
        this.mode = mode;
        this.only = only;
        used.addAll(lines("used"));
    }

    /** An activity, from its start to its end; what this thread does meanwhile belongs to it. */
    <T> T activity(String name, Supplier<T> work) {
        attempt.set(new Attempt(name));
        try {
            append("effects", name);
            at(name + " before", true);
            T result = work.get();
            at(name + " after", true);
            return result;
        } finally {
            attempt.remove();
        }
    }

    <T> T effect(String name, Supplier<T> work) {
        String full = attempt.get().numbered(name);
        append("effects", full);
        at(full + " before", false);
        T result = work.get();
        at(full + " after", false);
        return result;
    }

    /** In the middle of an effect that is a stream. */
    void middle(String name) {
        String full = attempt.get().numbered(name);
        append("effects", full);
        at(full + " middle", false);
    }

    private synchronized void at(String point, boolean activity) {
        boolean wanted = only.isBlank() ? mode == Mode.HALT || activity : only.equals(point);
        if (mode == Mode.RECORD || !wanted || !used.add(point)) {
            return;
        }
        append("used", point);
        if (mode == Mode.HALT) {
            Runtime.getRuntime().halt(137);
        }
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
