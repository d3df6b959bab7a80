package dev.lifeboat.starter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process that tells people what the watchdog found: channels are the worker's part, and it needs no server. */
final class AlarmProcess {

    /** Longer than all channels together may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> command;

    AlarmProcess(List<String> command) {
        this.command = command;
    }

    /** Tells it; returns why nobody could be told, in the last words of the process. */
    Optional<String> tell(String findings) {
        try {
            Path said = Files.createTempFile("lifeboat-alarm", ".log");
            try {
                return tell(findings, said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private Optional<String> tell(String findings, Path said) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(findings.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return Optional.of("it took longer than %d s".formatted(PATIENCE.toSeconds()));
        }
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of(Files.readString(said)
                        .lines()
                        .reduce((before, last) -> last)
                        .orElse("it ended with " + process.exitValue()));
    }
}
