package dev.lifeboat.repository.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Compression;
import dev.lifeboat.repository.Engine;
import dev.lifeboat.repository.Labels;
import dev.lifeboat.repository.LargeObjects;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.SequenceValue;
import dev.lifeboat.repository.Snapshot;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.archive.Inspection;
import dev.lifeboat.repository.archive.Inspector;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.repository.seal.SealedOutput;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whole, signed backups of a dump, as a run makes them, in a copy of the golden repository. */
final class Vault {

    static final String GLOBALS = "CREATE ROLE ann;\n";

    private final Repository repository;
    private final byte[] dump;
    private final List<String> recipients;

    Vault(Repository repository, byte[] dump, String recipient) {
        this.repository = repository;
        this.dump = dump.clone();
        this.recipients = List.of(recipient);
    }

    /** Commits a backup, whose manifest may tell something else than what was taken. */
    void commit(BackupId backup, Optional<SigningKey> key, UnaryOperator<Told> lie, byte[]... before) {
        List<SealedObject> objects = new ArrayList<>();
        for (byte[] other : before) {
            Key name = object(backup, "other-%d.dump.zst.age".formatted(objects.size()));
            objects.add(seal(repository.store(), name, other, recipients));
        }
        SealedObject data = seal(repository.store(), object(backup, backup + ".dump.zst.age"), dump, recipients);
        SealedObject globals = seal(
                repository.store(),
                object(backup, backup + ".globals.sql.zst.age"),
                GLOBALS.getBytes(UTF_8),
                recipients);
        objects.add(data);
        objects.add(globals);
        Attempt attempt = attempt(backup, objects, lie.apply(told(inspect(dump))));
        repository.writeAttempt(attempt);
        repository.commit(Manifest.of(attempt, Labels.NONE), key);
    }

    static Key object(BackupId backup, String name) {
        return Layout.object(backup, "a-01234567", name);
    }

    static SealedObject seal(Store store, Key key, byte[] plain, List<String> recipients) {
        try (Upload upload = store.begin(key)) {
            SealedOutput sealed = Seal.writer(upload, recipients, 1);
            try (sealed) {
                sealed.write(plain);
            }
            upload.commit();
            return new SealedObject(
                    key,
                    key.name(),
                    sealed.plain().bytes(),
                    sealed.plain().sha256(),
                    sealed.stored().bytes(),
                    sealed.stored().sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Inspection inspect(byte[] dump) {
        Inspector inspector = new Inspector();
        inspector.add(dump, 0, dump.length);
        return inspector.end();
    }

    /** What a manifest tells about a dump. */
    record Told(
            List<TableCount> tables,
            Optional<LargeObjects> largeObjects,
            List<SequenceValue> sequences,
            Optional<String> schemaFingerprint) {

        Told tables(UnaryOperator<List<TableCount>> change) {
            return new Told(change.apply(new ArrayList<>(tables)), largeObjects, sequences, schemaFingerprint);
        }
    }

    private static Told told(Inspection found) {
        List<TableCount> tables = new ArrayList<>();
        tables.add(TableCount.notCounted("public", "parts", "partitioned: its rows are in its partitions"));
        found.tables()
                .forEach(table -> tables.add(TableCount.counted(table.schema(), table.name(), table.rows())
                        .withFingerprint(table.fingerprint().text())));
        return new Told(
                tables,
                found.largeObjects()
                        .map(it -> new LargeObjects(
                                it.count(), Optional.of(it.fingerprint().text()))),
                found.sequences().stream()
                        .map(it -> new SequenceValue(it.schema(), it.name(), it.value(), it.called()))
                        .toList(),
                Optional.of(found.schemaFingerprint()));
    }

    private Attempt attempt(BackupId backup, List<SealedObject> objects, Told told) {
        return new Attempt(
                "a-01234567",
                "backup-" + backup,
                backup,
                backup.database(),
                new Engine("pg_dump", "15.18"),
                repository.manifest(Golden.FORMAT_1).orElseThrow().source(),
                new Snapshot(backup.takenAt().plusSeconds(2), "0/1937F48", false),
                objects,
                told.tables(),
                told.largeObjects(),
                told.sequences(),
                told.schemaFingerprint(),
                recipients,
                new Compression("zstd", 1),
                backup.takenAt().plusSeconds(1),
                backup.takenAt().plusSeconds(9),
                List.of("made for a test"));
    }
}
