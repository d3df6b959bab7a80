package dev.lifeboat.starter;

import dev.lifeboat.starter.local.Folders;
import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where standalone runs keep their state: a folder each, which nobody but its owner can look into. */
final class StandaloneFolder {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** The report of such a run lies in the repository; what is here is only of use while it goes on. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final Path parent;

    StandaloneFolder(Path state) {
        this.parent = state.resolve("standalone");
    }

    /** A folder for a run of {@code right} that begins now; it is not there yet. */
    Path fresh(String right) {
        Path folder = parent.resolve(right.replaceAll("[^a-z0-9_-]", "-") + "-" + TIME.format(Instant.now()));
        for (int number = 2; Files.exists(folder); number++) {
            folder = folder.resolveSibling(folder.getFileName() + "-" + number);
        }
        return folder;
    }

    /** Makes {@code folder}, or makes sure that it is private and holds nothing; refuses in words. */
    static void make(Path folder) {
        Folders.makePrivate(folder);
        Folders.checkOwn(folder);
        try (Stream<Path> content = Files.list(folder)) {
            if (StandaloneRecord.isIn(folder)) {
                throw CommandException.usage(
                        "there is a standalone run in '%s' already".formatted(folder),
                        "Go on with it: lifeboat resume %s; or name another folder with --dir.".formatted(folder));
            }
            if (content.findAny().isPresent()) {
                throw CommandException.usage(
                        "the folder '%s' is not empty".formatted(folder), "Name another one with --dir.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of runs of {@code right} that did not come to their end, the newest first. */
    List<Path> unfinished(String right) {
        return all().stream()
                .filter(it -> record(it)
                        .filter(there ->
                                there.right().equals(right) && there.ended().isEmpty())
                        .isPresent())
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Removes what ended long ago. */
    void sweep() {
        Instant before = Instant.now().minus(KEPT);
        all().stream()
                .filter(it -> record(it)
                        .flatMap(StandaloneRecord::ended)
                        .filter(end -> end.at().isBefore(before))
                        .isPresent())
                .forEach(StandaloneFolder::remove);
    }

    private List<Path> all() {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(StandaloneRecord::isIn).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<StandaloneRecord> record(Path folder) {
        try {
            return Optional.of(StandaloneRecord.read(folder));
        } catch (CommandException notOurs) {
            return Optional.empty();
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
