package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** A file under a temporary name beside its place, and the hard link that gives it its name. */
final class FileUpload extends Upload {

    private final Key key;
    private final Root root;
    private final Path target;
    private final Path temporary;
    private final FileOutputStream out;
    private boolean done;

    private FileUpload(Key key, Root root, Path target, Path temporary) throws IOException {
        this.key = key;
        this.root = root;
        this.target = target;
        this.temporary = temporary;
        // Not a channel: an interrupted thread would find its file closed.
        this.out = new FileOutputStream(temporary.toFile());
    }

    /** Begins the file; throws {@code NoSuchFileException} when its folder was removed meanwhile. */
    static FileUpload begin(Key key, Root root, Path target) throws IOException {
        Path temporary = target.resolveSibling(Key.UPLOAD_PREFIX + UUID.randomUUID());
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new FileUpload(key, root, target, temporary);
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw FileProblems.in("cannot write", target, e);
        }
    }

    @Override
    public void commit() {
        if (done) {
            throw new IllegalStateException("the upload of '%s' has ended".formatted(key));
        }
        try {
            out.getFD().sync();
            out.close();
            link();
            Folders.syncUpTo(root.path(), Folders.holding(target));
        } catch (IOException e) {
            throw FileProblems.in("cannot finish", target, e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        try {
            out.close();
        } catch (IOException e) {
            // what could not be written any more is thrown away anyhow
        }
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // it stays invisible, and the next sweep takes it
        }
    }

    private void link() throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            // Whoever is told that it exists relies on it: it must not vanish with the power.
            Folders.syncUpTo(root.path(), Folders.holding(target));
            throw new StoreException(
                    EXISTS,
                    "'%s' exists already and is never overwritten".formatted(key),
                    "somebody else finished first: read what is there.",
                    e);
        } catch (NoSuchFileException e) {
            root.checkSame();
            throw new StoreException(
                    NOT_FOUND,
                    "the unfinished upload of '%s' was removed while it was written".formatted(key),
                    "repeat it; if nobody removed it by hand, the grace for unfinished uploads is too short.",
                    e);
        } catch (UnsupportedOperationException e) {
            throw new StoreException(UNSUITABLE, FileProblems.noLinks(target), FileProblems.LINKS_HINT, e);
        }
    }
}
