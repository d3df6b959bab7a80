package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Shelves to judge, put together by hand: each backup with one object. */
final class Shelves {

    static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    static final String SHA = "ab".repeat(32);

    private Shelves() {}

    static Shelf of(Seen... backups) {
        return named("main", backups);
    }

    static Shelf named(String repository, Seen... backups) {
        List<StoredObject> objects = new ArrayList<>();
        for (Seen backup : backups) {
            objects.add(new StoredObject(Layout.manifest(backup.backup()), 100, backup.done()));
            objects.add(new StoredObject(Layout.attemptFile(backup.backup(), "a1"), 100, backup.done()));
            backup.objects().forEach(it -> objects.add(new StoredObject(it.key(), it.storedBytes(), backup.done())));
        }
        return new Shelf(repository, "id-1", "orders", List.of(backups), List.of(), objects, List.of("people"));
    }

    static Shelf with(Shelf shelf, List<StoredObject> objects) {
        return new Shelf(
                shelf.repository(),
                shelf.id(),
                shelf.database(),
                shelf.backups(),
                shelf.damaged(),
                objects,
                shelf.others());
    }

    static Seen aged(String tag, Duration age) {
        return aged(tag, age, 1_000);
    }

    static Seen aged(String tag, Duration age, long plainBytes) {
        return seen(tag, age, plainBytes, new Check("signature", "", Verdict.PASS, "by us", ""));
    }

    static Seen unsigned(String tag, Duration age) {
        return seen(tag, age, 1_000, new Check("signature", "", Verdict.FAIL, "there is none", ""));
    }

    private static Seen seen(String tag, Duration age, long plainBytes, Check signature) {
        Instant taken = NOW.minus(age);
        BackupId backup = BackupId.of("orders", taken, "k3x9");
        return new Seen(
                backup,
                tag,
                Set.of(tag),
                taken,
                taken.plusSeconds(60),
                plainBytes,
                List.of(object(backup)),
                "a1",
                SHA,
                signature);
    }

    static SealedObject object(BackupId backup) {
        String name = backup + ".dump.zst.age";
        return new SealedObject(Layout.object(backup, "a1", name), name, 1_000, SHA, 400, SHA);
    }
}
