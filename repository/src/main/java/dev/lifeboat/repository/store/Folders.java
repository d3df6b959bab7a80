package dev.lifeboat.repository.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Making folders that only their owner may enter, and making their entries durable. */
final class Folders {

    private Folders() {}

    /** The folder that holds a file which lies below the root of a store. */
    static Path holding(Path file) {
        return Objects.requireNonNull(file.getParent(), "folder");
    }

    /**
     * Makes a folder and its parents below {@code root}, 0700; those that exist stay as they are.
     *
     * <p>The root itself is never made: where a disk was mounted, a repository on the wrong disk would begin. Throws
     * {@code NoSuchFileException} when it, or a parent just now, was removed.
     */
    static void makeBelow(Path root, Path folder) throws IOException {
        if (folder.equals(root) || Files.isDirectory(folder)) {
            return;
        }
        makeBelow(root, holding(folder));
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // Somebody else was faster. If he has removed it again, this look says so.
            if (!Files.readAttributes(folder, BasicFileAttributes.class, NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw e;
            }
        }
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
