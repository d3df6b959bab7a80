package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

/** Whether a folder can be the root of a store, said before anything is written into it. */
final class Root {

    private Root() {}

    /** The folder without links in its own path. */
    static Path checkedToRead(Path folder) {
        if (!Files.exists(folder)) {
            throw new StoreException(
                    UNSUITABLE,
                    "the repository's folder '%s' does not exist".formatted(folder),
                    "mount the disk that holds it, or make it with mkdir -p -m 700 '%s'.".formatted(folder));
        }
        if (!Files.isDirectory(folder)) {
            throw new StoreException(
                    UNSUITABLE,
                    "'%s' is a file, and a repository is a folder".formatted(folder),
                    "name another folder, or move the file away.");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new StoreException(
                    DENIED,
                    "the repository's folder '%s' may not be read by '%s'".formatted(folder, user()),
                    "run as the user that owns it, or let '%s' own it.".formatted(user()));
        }
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw FileProblems.in("cannot open", folder, e);
        }
    }

    /** The same, for a folder that is also ours alone to write. */
    static Path checkedToWrite(Path folder) {
        Path real = checkedToRead(folder);
        try {
            PosixFileAttributes attributes = Files.readAttributes(real, PosixFileAttributes.class);
            checkOwner(real, attributes.owner().getName());
            checkPermissions(real, attributes.permissions());
        } catch (UnsupportedOperationException e) {
            throw new StoreException(
                    UNSUITABLE,
                    "the file system of '%s' has no owners and permissions".formatted(real),
                    "use a file system of a Unix kind, such as ext4, xfs, zfs, btrfs or NFS.",
                    e);
        } catch (IOException e) {
            throw FileProblems.in("cannot open", real, e);
        }
        if (!Files.isWritable(real)) {
            throw new StoreException(
                    DENIED,
                    "the repository's folder '%s' is not writable for '%s'".formatted(real, user()),
                    "give its owner the right to write (chmod u+w), or mount it writable.");
        }
        return real;
    }

    /** What tells a folder from any other that may lie at its path later, such as a mount point without its disk. */
    static Object identity(Path folder) {
        try {
            return Objects.requireNonNull(
                    Files.readAttributes(folder, BasicFileAttributes.class).fileKey(), "key of a file");
        } catch (IOException e) {
            throw FileProblems.in("cannot write into", folder, e);
        }
    }

    /** Refuses a folder that has another {@link #identity} by now: what is written there would be on the wrong disk. */
    static void checkSame(Path folder, Object identity) {
        if (!identity(folder).equals(identity)) {
            throw new StoreException(
                    NOT_FOUND,
                    "'%s' is another folder than the one that was opened".formatted(folder),
                    "was its disk unmounted meanwhile? Mount it again.");
        }
    }

    private static void checkOwner(Path folder, String owner) {
        if (!owner.equals(user())) {
            throw new StoreException(
                    DENIED,
                    "the repository's folder '%s' belongs to '%s' and Lifeboat runs as '%s'"
                            .formatted(folder, owner, user()),
                    "run Lifeboat as '%s', or give the folder to '%s' with chown -R.".formatted(owner, user()));
        }
    }

    private static void checkPermissions(Path folder, Set<PosixFilePermission> permissions) {
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new StoreException(
                    UNSUITABLE,
                    "others than '%s' may write into the repository's folder '%s'".formatted(user(), folder),
                    "take that right away: chmod go-w '%s'.".formatted(folder));
        }
    }

    /** The user of this process as the system names it: the environment may say something else. */
    private static String user() {
        return ProcessHandle.current().info().user().orElse(System.getProperty("user.name", "?"));
    }
}
