package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.FULL;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** What the operating system said about a file, in the words of a store. */
final class FileProblems {

    static final String LINKS_HINT = "use a file system that has hard links, such as ext4, xfs, zfs, btrfs or NFS.";

    private FileProblems() {}

    /** Java has types for few errors only; the rest is known by the system's own words. */
    static StoreException in(String doing, Path path, IOException e) {
        String words = words(e);
        String message = "%s '%s': %s".formatted(doing, path, words);
        if (words.contains("No space left") || words.contains("quota exceeded")) {
            return new StoreException(
                    FULL, message, "make room there or use a larger disk; nothing half written is left.", e);
        }
        if (words.contains("Read-only file system")) {
            return new StoreException(DENIED, message, "mount it writable.", e);
        }
        if (e instanceof AccessDeniedException || words.contains("Operation not permitted")) {
            return new StoreException(
                    DENIED, message, "let the user that runs Lifeboat own the repository's folder.", e);
        }
        if (words.contains("not supported")) {
            return new StoreException(UNSUITABLE, noLinks(path), LINKS_HINT, e);
        }
        if (e instanceof FileAlreadyExistsException || words.contains("Not a directory")) {
            return new StoreException(
                    UNSUITABLE,
                    message,
                    "something that is not a folder lies where a folder belongs: move it away.",
                    e);
        }
        if (e instanceof NoSuchFileException) {
            return new StoreException(NOT_FOUND, message, "the folder may have been moved or unmounted.", e);
        }
        return new StoreException(
                UNREACHABLE, message, "see the system's log: the disk or the network may be failing.", e);
    }

    static String noLinks(Path path) {
        return "the file system of '%s' has no hard links".formatted(path);
    }

    private static String words(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof FileAlreadyExistsException taken) {
            return "'%s' is in the way".formatted(taken.getFile());
        }
        String words = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return Objects.requireNonNullElse(words, e.getClass().getSimpleName());
    }
}
