package dev.lifeboat.repository;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The removal of attempts that lost.
 *
 * <p>Seals go first: what is left of an attempt when this is killed in the middle is never taken for a whole one.
 */
final class Sweeping {

    private final Repository repository;
    private final Store store;

    Sweeping(Repository repository) {
        this.repository = repository;
        this.store = repository.store();
    }

    /** Without a manifest nobody has lost yet, and nothing is removed. */
    Swept losers(BackupId backup, Instant idleSince) {
        Optional<Manifest> manifest = repository.manifest(backup);
        if (manifest.isEmpty()) {
            return Swept.NOTHING;
        }
        Key winner = Layout.attempt(backup, manifest.get().attempt());
        int uploads = store.sweepUploads(Layout.data(backup), idleSince);
        List<StoredObject> losers = objects(backup, key -> !key.isBelow(winner));
        losers.forEach(object -> store.delete(object.key()));
        return swept(losers, uploads);
    }

    Discard discard(BackupId backup) {
        // First, and in the manifest's own place: from here on nobody can commit what is removed below.
        boolean given = store.create(Layout.manifest(backup), new GivenUp(backup).bytes());
        if (!given && !repository.isGivenUp(backup)) {
            return kept(backup);
        }
        List<StoredObject> all = objects(backup, key -> true);
        all.forEach(object -> store.delete(object.key()));
        int uploads = store.sweepUploads(Layout.backup(backup), Instant.MAX);
        return new Discard.Discarded(swept(all, uploads));
    }

    private static Discard kept(BackupId backup) {
        return new Discard.Kept("'%s' is committed, so its data stays".formatted(backup));
    }

    private List<StoredObject> objects(BackupId backup, Predicate<Key> chosen) {
        List<StoredObject> objects = new ArrayList<>(store.list(Layout.data(backup)));
        objects.removeIf(object -> !chosen.test(object.key()));
        objects.sort(
                Comparator.comparing((StoredObject object) -> !isSeal(object)).thenComparing(StoredObject::key));
        return objects;
    }

    private static boolean isSeal(StoredObject object) {
        return object.key().name().equals("attempt.json");
    }

    private static Swept swept(List<StoredObject> removed, int uploads) {
        List<StoredObject> data =
                removed.stream().filter(object -> !isSeal(object)).toList();
        long attempts = removed.stream().map(Sweeping::attempt).distinct().count();
        return new Swept(
                (int) attempts,
                data.size(),
                data.stream().mapToLong(StoredObject::bytes).sum(),
                uploads);
    }

    private static String attempt(StoredObject object) {
        String key = object.key().value();
        return key.substring(0, key.lastIndexOf('/'));
    }
}
