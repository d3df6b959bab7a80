package dev.lifeboat.repository.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Making folders that only their owner may enter, and making their entries durable. */
final class Folders {

    private Folders() {}

    /** The folder that holds a file which lies below the root of a store. */
    static Path holding(Path file) {
        return Objects.requireNonNull(file.getParent(), "folder");
    }

    /** Makes a folder and its parents, 0700; those that exist stay as they are. */
    static void make(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /**
     * Makes the entries of a folder and of its parents up to {@code root} durable.
     *
     * <p>All of them, every time: somebody else may have made a parent just now and not have come that far.
     */
    static void syncUpTo(Path root, Path folder) throws IOException {
        for (Path each = folder; each != null && each.startsWith(root); each = each.getParent()) {
            syncIfThere(each);
        }
    }

    /** Makes the entries of a folder durable, unless it is gone. */
    static void syncIfThere(Path folder) throws IOException {
        try {
            sync(folder);
        } catch (NoSuchFileException e) {
            // swept by somebody else, who made that durable
        }
    }

    private static void sync(Path folder) throws IOException {
        // An interrupt would close the channel in the middle and make a finished commit look like a failed one.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
