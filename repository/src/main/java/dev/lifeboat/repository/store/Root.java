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
import java.util.Optional;
import java.util.Set;

/** A folder as the root of a store: looked at before anything is written into it, and known again later. */
final class Root {

    private final Path path;
    /** What tells it from any other folder that may lie at its path later; empty when it is only read. */
    private final Optional<Object> identity;

    private Root(Path path, Optional<Object> identity) {
        this.path = path;
        this.identity = identity;
    }

    static Root toRead(Path folder) {
        return new Root(checkedToRead(folder), Optional.empty());
    }

    /** The same, for a folder that is also ours alone to write. */
    static Root toWrite(Path folder) {
        Path real = checkedToWrite(folder);
        return new Root(real, Optional.of(identity(real)));
    }

    /** Without links in its own path. */
    Path path() {
        return path;
    }

    void mayWrite() {
        if (identity.isEmpty()) {
            throw new StoreException(
                    DENIED,
                    "'%s' was opened only to be read".formatted(path),
                    "this is a mistake in Lifeboat: please report it.");
        }
    }

    /** Refuses a folder that took its place, such as a mount point without its disk; NOT_FOUND, too, if there is none. */
    void checkSame() {
        if (!identity.equals(Optional.of(identity(path)))) {
            throw new StoreException(
                    NOT_FOUND,
                    "'%s' is another folder than the one that was opened".formatted(path),
                    "was its disk unmounted meanwhile? Mount it again.");
        }
    }

    /** The file of a key; refuses a way that leads over a symbolic link, which could leave the store. */
    Path place(Key key) {
        Path place = path;
        for (String segment : key.value().split("/", -1)) {
            place = place.resolve(segment);
            if (Files.isSymbolicLink(place)) {
                throw new StoreException(
                        DENIED,
                        "'%s' is a symbolic link, and links inside a repository are not followed".formatted(place),
                        "put the folder itself there, or mount it there.");
            }
        }
        return place;
    }

    private static Path checkedToRead(Path folder) {
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

    private static Path checkedToWrite(Path folder) {
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

    private static Object identity(Path folder) {
        try {
            return Objects.requireNonNull(
                    Files.readAttributes(folder, BasicFileAttributes.class).fileKey(), "key of a file");
        } catch (IOException e) {
            throw FileProblems.in("cannot write into", folder, e);
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
