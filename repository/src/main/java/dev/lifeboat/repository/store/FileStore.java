package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A folder as a store: one file per object, files 0600, folders 0700, symbolic links never followed. */
public final class FileStore implements Store {

    private static final int BUFFER = 256 * 1024;
    private static final int TRIES = 100;
    private final Root root;

    private FileStore(Root root) {
        this.root = root;
    }

    /** Opens a folder that exists, is ours and can be written; throws {@link StoreException} DENIED or UNSUITABLE. */
    static FileStore open(Path folder) {
        return new FileStore(Root.toWrite(folder));
    }

    /** Opens a folder that exists and can be read, whoever owns it. */
    static FileStore openToRead(Path folder) {
        return new FileStore(Root.toRead(folder));
    }

    @Override
    public String url() {
        String path = root.path().toUri().getRawPath();
        return "file:" + (path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    @Override
    public boolean isEmpty() {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.path())) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                // A freshly made file system brings its own folder for finds.
                if (!name.startsWith(Key.UPLOAD_PREFIX) && !name.equals("lost+found")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw FileProblems.in("cannot list", root.path(), e);
        }
    }

    @Override
    public Upload begin(Key key, Placement placement) {
        mayKeep(placement);
        return beginFile(key);
    }

    @Override
    public boolean create(Key key, byte[] content, Placement placement) {
        mayKeep(placement);
        try (FileUpload upload = beginFile(key)) {
            upload.write(content, 0, content.length);
            upload.commit();
            return true;
        } catch (StoreException e) {
            if (e.problem() == EXISTS) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<byte[]> read(Key key) {
        Path file = root.place(key);
        try {
            if (!Files.exists(file, NOFOLLOW_LINKS) || Files.isDirectory(file, NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                throw new StoreException(
                        DAMAGED, "'%s' is not a file".formatted(key), "see who put it there, and what it was before.");
            }
            try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
                byte[] content = in.readNBytes(READ_LIMIT + 1);
                if (content.length > READ_LIMIT) {
                    throw new StoreException(
                            UNSUITABLE,
                            "'%s' is larger than %d bytes and is not read at once".formatted(key, READ_LIMIT),
                            "if this should be a small document, something else was stored in its place.");
                }
                return Optional.of(content);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileProblems.in("cannot read", file, e);
        }
    }

    @Override
    public InputStream open(Key key) {
        Path file = root.place(key);
        try {
            if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                throw gone(key);
            }
            return new BufferedInputStream(Files.newInputStream(file, NOFOLLOW_LINKS), BUFFER);
        } catch (NoSuchFileException e) {
            throw gone(key);
        } catch (IOException e) {
            throw FileProblems.in("cannot open", file, e);
        }
    }

    @Override
    public InputStream open(Key key, long offset, long length) {
        try {
            return Excerpt.of(open(key), offset, length);
        } catch (IOException e) {
            throw FileProblems.in("cannot read", root.place(key), e);
        }
    }

    @Override
    public void checkKept(Key key, Placement placement) {} // what it cannot keep, it never took

    @Override
    public Placement placement(Key key) {
        if (!Files.isRegularFile(root.place(key), NOFOLLOW_LINKS)) {
            throw gone(key);
        }
        return Placement.NONE;
    }

    @Override
    public List<StoredObject> list(Key folder) {
        List<StoredObject> found = new ArrayList<>();
        FolderWalk.of(root.path(), root.place(folder)).forEachObject(object -> {
            found.add(object);
            return true;
        });
        found.sort((one, other) -> one.key().compareTo(other.key()));
        return Collections.unmodifiableList(found);
    }

    @Override
    public List<String> folders(Key folder) {
        Path place = root.place(folder);
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(place, NOFOLLOW_LINKS)) {
            return names;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, NOFOLLOW_LINKS)
                        && FolderWalk.of(root.path(), entry).hasObject()) {
                    names.add(entry.getFileName().toString());
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw FileProblems.in("cannot list", place, e);
        }
        names.sort(String::compareTo);
        return Collections.unmodifiableList(names);
    }

    @Override
    public void delete(Key key) {
        root.mayWrite();
        Path file = root.place(key);
        try {
            if (Files.isRegularFile(file, NOFOLLOW_LINKS) && Files.deleteIfExists(file)) {
                prune(Folders.holding(file));
            }
        } catch (IOException e) {
            throw FileProblems.in("cannot delete", file, e);
        }
    }

    @Override
    public OptionalLong free() {
        try {
            return OptionalLong.of(Files.getFileStore(root.path()).getUsableSpace());
        } catch (IOException e) {
            throw FileProblems.in("cannot ask for the free space of", root.path(), e);
        }
    }

    @Override
    public int sweepUploads(Key folder, Instant olderThan) {
        root.mayWrite();
        List<Path> uploads = FolderWalk.of(root.path(), root.place(folder)).uploads(olderThan);
        int swept = 0;
        for (Path upload : uploads) {
            try {
                if (Files.deleteIfExists(upload)) {
                    swept++;
                    prune(Folders.holding(upload));
                }
            } catch (IOException e) {
                throw FileProblems.in("cannot sweep", upload, e);
            }
        }
        return swept;
    }

    /** A sweeper may remove an empty folder between our making it and our writing into it: then once more. */
    private FileUpload beginFile(Key key) {
        root.mayWrite();
        Path file = root.place(key);
        for (int attempt = 1; ; attempt++) {
            root.checkSame();
            try {
                Folders.makeBelow(root.path(), Folders.holding(file));
                return FileUpload.begin(key, root, file);
            } catch (NoSuchFileException e) {
                if (attempt == TRIES) {
                    throw FileProblems.in("cannot write", file, e);
                }
            } catch (IOException e) {
                throw FileProblems.in("cannot write", file, e);
            }
        }
    }

    /** Removes folders that became empty, upwards; what is left is made durable. */
    private void prune(Path start) throws IOException {
        Path folder = start;
        while (!folder.equals(root.path())) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException e) {
                break;
            } catch (NoSuchFileException e) {
                // somebody else was faster; its parent may be empty all the same
            }
            folder = Folders.holding(folder);
        }
        Folders.syncIfThere(folder);
    }

    private static void mayKeep(Placement placement) {
        placement.missingIn(Placement.NONE).ifPresent(missing -> {
            throw new StoreException(
                    UNSUITABLE,
                    "a folder cannot keep %s".formatted(missing),
                    "use an S3 repository for it, or take it out of the settings of this one.");
        });
    }

    private static StoreException gone(Key key) {
        return new StoreException(
                NOT_FOUND, "there is no '%s'".formatted(key), "list what is there: it may have been swept or deleted.");
    }
}
