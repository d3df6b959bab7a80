package dev.lifeboat.repository.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A walk over all files below a folder, while others may add and delete some. */
final class FolderWalk {

    private final Path root;
    private final Path folder;

    private FolderWalk(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    static FolderWalk of(Path root, Path folder) {
        return new FolderWalk(root, folder);
    }

    /** Gives each object to {@code visitor}, in no order, until it says that it has enough by returning false. */
    void forEachObject(Predicate<StoredObject> visitor) {
        walk((file, attributes) -> {
            Optional<Key> key = attributes.isRegularFile() ? key(file) : Optional.empty();
            return key.isEmpty()
                    || visitor.test(new StoredObject(
                            key.get(),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
        });
    }

    boolean hasObject() {
        boolean[] found = new boolean[1];
        forEachObject(object -> {
            found[0] = true;
            return false;
        });
        return found[0];
    }

    /** Unfinished uploads that were last written before {@code olderThan}. */
    List<Path> uploads(Instant olderThan) {
        List<Path> uploads = new ArrayList<>();
        walk((file, attributes) -> {
            boolean upload = attributes.isRegularFile()
                    && file.getFileName().toString().startsWith(Key.UPLOAD_PREFIX)
                    && attributes.lastModifiedTime().toInstant().isBefore(olderThan);
            if (upload) {
                uploads.add(file);
            }
            return true;
        });
        return uploads;
    }

    /** A file whose name cannot be a key was not put there by us, and is not ours to show. */
    private Optional<Key> key(Path file) {
        try {
            return Optional.of(new Key(root.relativize(file).toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void walk(Visitor visitor) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Walker(visitor));
        } catch (IOException e) {
            throw FileProblems.in("cannot list", folder, e);
        }
    }

    private interface Visitor {
        boolean goOn(Path file, BasicFileAttributes attributes);
    }

    private static final class Walker extends SimpleFileVisitor<Path> {

        private final Visitor visitor;

        private Walker(Visitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return visitor.goOn(file, attributes) ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return unlessGone(e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            return e == null ? FileVisitResult.CONTINUE : unlessGone(e);
        }

        private static FileVisitResult unlessGone(IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
