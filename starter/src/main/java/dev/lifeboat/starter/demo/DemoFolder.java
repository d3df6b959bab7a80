package dev.lifeboat.starter.demo;

import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.starter.local.Folders;
import dev.lifeboat.starter.local.ThrowAwayPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The folder that a demo works in: its configuration, its keys, and its two repositories. */
final class DemoFolder {

    static final String MAIN = "main";
    static final String FAR = "far";

    private final Path folder;

    DemoFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    Path key() {
        return folder.resolve("lifeboat.key");
    }

    /** Writes the configuration and the keys that it names, and returns where it is. */
    Path configure(ThrowAwayPostgres server, String temporal) {
        AgeIdentity key = AgeKeys.generate();
        SigningKey signing = SigningKey.generate();
        secret(key(), key.text());
        secret(folder.resolve("signing.key"), signing.pem());
        secret(folder.resolve("orders.password"), server.password() + "\n");
        Folders.makePrivate(folder.resolve(MAIN));
        Folders.makePrivate(folder.resolve(FAR));
        Path configuration = folder.resolve("lifeboat.yml");
        write(configuration, """
                repositories:
                  main: { url: "file:%1$s/main", recipients: [%2$s], identity: file:lifeboat.key }
                  far:  { url: "file:%1$s/far", recipients: [%2$s], identity: file:lifeboat.key }
                signing: { key: file:signing.key, trusted: [%5$s] }
                temporal: { address: "%3$s" }
                databases:
                  orders:
                    url: "%4$s"
                    password: file:orders.password
                    backup:
                      to: [main, far]
                      schedule: { hourly: "* * * * *" }   # every minute: nobody wants to wait for an hour here
                worker: { state: "%1$s/state" }
                """.formatted(
                        folder, key.recipient(), temporal, server.url(DemoDatabase.NAME), signing.publicKey()));
        return configuration;
    }

    /** The files of a repository below {@code part} whose name ends in {@code name}. */
    List<Path> found(String repository, String part, String name) {
        return files(repository, part, file -> file.endsWith(name));
    }

    /** What is there, while it is written to: what vanishes on the way is passed over, and nothing else. */
    private List<Path> files(String repository, String part, Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder.resolve(repository).resolve(part), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.test(file)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) throws IOException {
                    // A folder that is removed while it is read ends so.
                    return e == null ? FileVisitResult.CONTINUE : visitFileFailed(each, e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** How many backups of the further repository a schedule made for that point in time. */
    long backupsFor(Instant point) {
        Pattern nominal = Pattern.compile("\"nominal\"\\s*:\\s*\"" + point + '"');
        return found(FAR, "databases", "manifest.json").stream()
                .filter(manifest -> nominal.matcher(read(manifest)).find())
                .count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns one bit round in the middle of a stored dump, as a tired disk does; returns where. */
    long flipABit(Path dump) {
        try {
            boolean open = dump.toFile().setWritable(true, true);
            try (RandomAccessFile file = new RandomAccessFile(dump.toFile(), open ? "rw" : "r")) {
                long middle = file.length() / 2;
                file.seek(middle);
                int there = file.read();
                file.seek(middle);
                file.write(there ^ 1);
                return middle;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stored dump of the one backup in a repository. */
    Path dump(String repository) {
        return files(repository, "databases", file -> file.toString().endsWith(".dump.zst.age"))
                .getFirst();
    }

    private static void secret(Path file, String text) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
