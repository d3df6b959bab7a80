package dev.lifeboat.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Backups to test with: small, whole, and different in what a test needs to tell apart. */
final class Samples {

    static final BackupId ORDERS = new BackupId("orders-20261121T020000Z-k3x9");

    private Samples() {}

    /** Stores an attempt whose single object holds {@code content}, and seals it. */
    static Attempt sealed(Repository repository, BackupId backup, String attempt, String content) {
        Attempt made = unsealed(repository.store(), backup, attempt, content);
        repository.writeAttempt(made);
        return made;
    }

    static Attempt unsealed(Store store, BackupId backup, String attempt, String content) {
        SealedObject object = object(backup, attempt, backup.database() + ".dump.zst.age", content);
        store.create(object.key(), content.getBytes(UTF_8));
        return attempt(backup, attempt, List.of(object));
    }

    /** A committed backup. */
    static Manifest committed(Repository repository, BackupId backup) {
        Manifest manifest = Manifest.of(sealed(repository, backup, "a1", "data of " + backup), Labels.NONE);
        repository.commit(manifest, Optional.empty());
        return manifest;
    }

    static SealedObject object(BackupId backup, String attempt, String name, String content) {
        Digested stored = Tally.of(content.getBytes(UTF_8));
        Digested plain = Tally.of(("plain " + content).getBytes(UTF_8));
        return new SealedObject(
                Layout.object(backup, attempt, name),
                name,
                plain.bytes(),
                plain.sha256(),
                stored.bytes(),
                stored.sha256());
    }

    static Attempt attempt(BackupId backup, String attempt, List<SealedObject> objects) {
        return new Attempt(
                attempt,
                "backup-" + backup,
                backup,
                backup.database(),
                new Engine("pg_dump", "18.1"),
                source(),
                new Snapshot(backup.takenAt().plusSeconds(2), "0/1A2B3C8", false),
                objects,
                List.of(
                        TableCount.counted("public", "orders", 1000),
                        TableCount.notCounted("public", "cache", "unlogged, not on a standby")),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of("age1ann", "age1escrow"),
                new Compression("zstd", 1),
                backup.takenAt().plusSeconds(1),
                backup.takenAt().plusMillis(61_500),
                List.of("the table \"public\".\"cache\" is not in the dump"));
    }

    static Source source() {
        return new Source(
                "7300000000000000000",
                "Orders & more",
                "17.6 (Debian 17.6-1)",
                List.of(new Extension("pg_trgm", "1.6")),
                "UTF8",
                "de_DE.UTF-8",
                "de_DE.UTF-8",
                Optional.of("libc"),
                Optional.empty(),
                Optional.of("2.36"),
                Optional.of("de_DE.UTF-8"),
                Optional.of(new Migration("flyway", "42")),
                123_456_789);
    }

    static Labels labels() {
        return new Labels(
                Optional.of("pre-deploy"),
                Optional.of("audit 2026"),
                Optional.of("before \"4.2\" ü"),
                Optional.of("ann"),
                Optional.of(Instant.parse("2027-01-31T00:00:00Z")));
    }
}
