package dev.lifeboat.repository.verification;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository that is checked in, with the keys that open it and vouch for it. */
final class Golden {

    static final BackupId FORMAT_1 = new BackupId("orders-20261121T031500Z-kkkk");
    static final BackupId FORMAT_2 = new BackupId("orders-20261121T041500Z-gold");

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** A copy of it, to read or to damage. */
    static Repository copiedTo(Path folder) {
        copy(FOLDER.resolve("repository"), folder);
        return Repository.open(Stores.open("file:" + folder));
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AgeIdentity identity() {
        return AgeIdentity.parse(text("TEST-identity.txt"));
    }

    static TrustedKeys trusted() {
        return TrustedKeys.of(List.of(text("TEST-signing.public").strip()));
    }

    /** The real dump in it, by pg_dump 15: tables with odd names and rows, partitions, a sequence, a large object. */
    static byte[] dump(Repository repository) {
        SealedObject object =
                repository.manifest(FORMAT_1).orElseThrow().objects().getFirst();
        try (InputStream plain = Seal.reader(repository.store().open(object.key()), identity())) {
            return plain.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
