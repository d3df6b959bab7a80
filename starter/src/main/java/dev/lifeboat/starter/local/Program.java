package dev.lifeboat.starter.local;

import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A child process that is run to its end, with what it said kept in a file. Arguments are a list, never a shell's. */
public final class Program {

    private static final int KEPT = 64 * 1024;

    private final List<String> command;
    private final Map<String, String> environment;

    public Program(List<String> command, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    static Program of(String... command) {
        return new Program(List.of(command), Map.of());
    }

    /** What came of a program; {@code said} holds both its outputs, at most the last 64 KiB. */
    public record Ended(int exitCode, String said) {

        public boolean well() {
            return exitCode == 0;
        }

        /** The last line it said: most programs end with the reason. */
        public String lastWords() {
            List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "exit code " + exitCode : lines.getLast().strip();
        }
    }

    /** Waits for the end, which {@code everyTenSeconds} hears about. Killed, with its children, after {@code limit}. */
    public Ended run(Duration limit, Consumer<Duration> everyTenSeconds) {
        try {
            Path log = Files.createTempFile("lifeboat-", ".log");
            try {
                return run(log, limit, everyTenSeconds);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            return new Ended(127, "'%s' cannot be run: %s".formatted(command.getFirst(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.BAD, "interrupted while '%s' ran".formatted(command.getFirst()), "", e);
        }
    }

    public Ended run(Duration limit) {
        return run(limit, elapsed -> {});
    }

    private Ended run(Path log, Duration limit, Consumer<Duration> everyTenSeconds)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.environment().putAll(environment);
        Process process = builder.redirectInput(
                        ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Duration elapsed = Duration.ZERO;
        Duration step = Duration.ofSeconds(10);
        try {
            while (!process.waitFor(step.toMillis(), TimeUnit.MILLISECONDS)) {
                elapsed = elapsed.plus(step);
                everyTenSeconds.accept(elapsed);
                if (elapsed.compareTo(limit) >= 0) {
                    return new Ended(124, "no end after " + limit.toSeconds() + " s");
                }
            }
            return new Ended(process.exitValue(), tail(log));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The last part of a log file; empty if there is none. */
    static String tail(Path log) {
        try {
            if (!Files.exists(log)) {
                return "";
            }
            byte[] bytes = Files.readAllBytes(log);
            int from = Math.max(0, bytes.length - KEPT);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
