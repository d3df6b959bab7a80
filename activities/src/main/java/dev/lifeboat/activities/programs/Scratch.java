package dev.lifeboat.activities.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder for what must not outlive this process. One for each process, so that a sweep knows whose owner is gone. */
public final class Scratch {

    private static final FileAttribute<Set<PosixFilePermission>> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    private final Path all;
    private final Path mine;

    /** A folder for this process below {@code state}, this worker's folder. */
    public Scratch(Path state) {
        this.all = state.resolve("scratch");
        ProcessRecord us = ProcessRecord.of(ProcessHandle.current());
        // The start too: in a container the worker has the same id after every start.
        this.mine = all.resolve("%d-%d".formatted(us.pid(), us.started().toEpochMilli()));
        try {
            Files.createDirectories(mine, OURS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder '%s'".formatted(mine), e);
        }
    }

    public Path folder() {
        return mine;
    }

    /** Removes what processes that are gone left here. */
    public void sweep() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
            for (Path folder : folders) {
                if (!belongsToTheLiving(folder)) {
                    remove(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot sweep the folder '%s'".formatted(all), e);
        }
    }

    private static boolean belongsToTheLiving(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            return true; // not ours to remove
        }
        Instant started = Instant.ofEpochMilli(Long.parseLong(name.group(2)));
        return new ProcessRecord(Long.parseLong(name.group(1)), started).alive().isPresent();
    }

    private static void remove(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
