package dev.lifeboat.starter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process that this command or one before it started, known by id and start time, because ids are used again. */
final class OwnProcess {

    private static final String SUFFIX = ".process";
    // The start is computed from the boot time, which moves a little when the clock is set.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private OwnProcess() {}

    /** Writes down {@code process}, whose log is {@code log}, in a file beside that; the last one of a name counts. */
    static void record(ProcessHandle process, Path log) throws IOException {
        String name = log.getFileName().toString().replaceFirst("\\.log$", "");
        Instant started = process.info().startInstant().orElse(Instant.EPOCH);
        Folders.writeOwn(log.resolveSibling(name + SUFFIX), "%d %s\n".formatted(process.pid(), started));
    }

    /** Kills what is recorded in {@code folder} or below and still lives; returns their ids, when they are gone. */
    static List<Long> endAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(it -> it.getFileName().toString().endsWith(SUFFIX))
                    .map(OwnProcess::alive)
                    .flatMap(Optional::stream)
                    .map(OwnProcess::end)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessHandle> alive(Path record) {
        try {
            String[] said = Folders.readOwn(record).strip().split(" ", 2);
            Instant started = Instant.parse(said[said.length - 1]);
            return ProcessHandle.of(Long.parseLong(said[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(it -> isSince(it, started));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DateTimeException | NumberFormatException halfWritten) {
            // Killed while it wrote: then the process never got through the gate.
            return Optional.empty();
        }
    }

    private static boolean isSince(ProcessHandle process, Instant started) {
        return process.info()
                .startInstant()
                .filter(it -> Duration.between(started, it).abs().compareTo(TOLERANCE) <= 0)
                .isPresent();
    }

    private static long end(ProcessHandle process) {
        CompletableFuture<ProcessHandle> gone = process.onExit();
        process.destroyForcibly();
        try {
            gone.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("process %d does not end".formatted(process.pid()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return process.pid();
    }
}
