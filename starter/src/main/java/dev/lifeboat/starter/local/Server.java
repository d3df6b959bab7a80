package dev.lifeboat.starter.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that goes on until it is stopped; what it says is appended to a log file. Its id and start time are in a
 * file beside the log before it begins to work, so that whoever comes after a crash can end it.
 */
final class Server {

    // It waits for a line, which comes when the record is on disk; without one it ends, having done nothing.
    private static final List<String> GATE =
            List.of("/bin/sh", "-c", "read -r go && exec \"$@\" </dev/null", "lifeboat");

    private final Process process;
    private final Path log;

    private Server(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and returns at once; a program that is not there ends in a moment and says so in the log. */
    static Server start(List<String> command, Map<String, String> environment, Path folder, Path log) {
        List<String> gated = new ArrayList<>(GATE);
        gated.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(gated);
        builder.environment().putAll(environment);
        try {
            Process process = builder.directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            OwnProcess.record(process.toHandle(), log);
            try (OutputStream gate = process.getOutputStream()) {
                gate.write('\n');
            }
            return new Server(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** What it said last, for the person who asks why it ended. */
    String lastWords() {
        return new Program.Ended(0, Program.tail(log)).lastWords();
    }

    /** SIGKILL: it gets no chance to tidy up. Returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(10));
    }

    /** Asks it to end, and kills it if it has not ended within {@code patience}. */
    void stop(Duration patience) {
        process.destroy();
        if (!await(patience)) {
            kill();
        }
    }

    /** Whether it has ended within {@code patience}. */
    boolean await(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
