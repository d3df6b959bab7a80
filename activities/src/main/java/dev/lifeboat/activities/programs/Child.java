package dev.lifeboat.activities.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A running child process. Its errors are kept, the last 64 KiB of them. */
public final class Child implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final Tail errors;
    private final Runnable forget;

    Child(String name, Process process, Tail errors, Runnable forget) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.forget = forget;
    }

    /** The program's own name, such as {@code pg_dump}. */
    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    /** What the program writes to standard output. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What the program wrote to standard error so far, its last 64 KiB. */
    public String errors() {
        return errors.text();
    }

    /** Waits for the program's end and returns its exit code. */
    public int end() throws InterruptedException {
        int code = process.waitFor();
        errors.awaitEnd();
        return code;
    }

    /** Ends the program and everything it started; asks first, then insists. Returns when it is gone. */
    public void kill() {
        // Known by now: once the program is gone, nobody can say any more what it had started.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!ended(all)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                all.forEach(ProcessHandle::destroyForcibly);
                process.waitFor();
                ended(all);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    // With a bound: what is dead, but was asked for its exit code by nobody, counts as alive for ever.
    private static boolean ended(List<ProcessHandle> processes) throws InterruptedException {
        try {
            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        forget.run();
    }

    /** Reads a stream to its end and keeps the last part of it. */
    static final class Tail {

        private static final int LIMIT = 64 * 1024;

        private final StringBuilder kept = new StringBuilder();
        private final Thread reader;

        Tail(InputStream stream) {
            this.reader = Thread.ofPlatform().daemon().name("stderr").start(() -> read(stream));
        }

        synchronized String text() {
            return kept.toString().strip();
        }

        void awaitEnd() throws InterruptedException {
            // A grandchild may hold the stream open after the program itself has ended.
            reader.join(GRACE);
        }

        private void read(InputStream stream) {
            char[] buffer = new char[4096];
            try (Reader words = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                for (int read = words.read(buffer); read >= 0; read = words.read(buffer)) {
                    append(new String(buffer, 0, read));
                }
            } catch (IOException | UncheckedIOException e) {
                append("(its errors could not be read to the end)");
            }
        }

        private synchronized void append(String text) {
            kept.append(text);
            if (kept.length() > LIMIT) {
                kept.delete(0, kept.length() - LIMIT);
            }
        }
    }
}
