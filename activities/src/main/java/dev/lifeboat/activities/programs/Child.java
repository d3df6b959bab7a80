package dev.lifeboat.activities.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A running child process. Its errors are kept, the last 64 KiB of them. */
public final class Child implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final Tail errors;
    private final Runnable forget;

    Child(Process process, Tail errors, Runnable forget) {
        this.process = process;
        this.errors = errors;
        this.forget = forget;
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
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
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
            byte[] buffer = new byte[4096];
            try (stream) {
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                    append(new String(buffer, 0, read, StandardCharsets.UTF_8));
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
