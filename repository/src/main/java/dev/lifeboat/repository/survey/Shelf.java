package dev.lifeboat.repository.survey;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SignedManifest;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.verification.SignatureCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that one repository has of one database, read once from its listing and its manifests.
 *
 * @param repository its name in {@code lifeboat.yml}
 * @param id of the repository, as its {@code repository.json} says
 * @param backups the committed ones, newest first
 * @param damaged what should be a manifest and cannot be read
 * @param objects everything that lies there, sorted by key
 * @param others the other databases that have something in this repository
 */
public record Shelf(
        String repository,
        String id,
        String database,
        List<Seen> backups,
        List<Damaged> damaged,
        List<StoredObject> objects,
        List<String> others) {

    private static final String MANIFEST = "manifest.json";

    public Shelf {
        backups = backups.stream()
                .sorted(comparing(Seen::taken)
                        .thenComparing(Seen::backup, naturalOrder())
                        .reversed())
                .toList();
        damaged = List.copyOf(damaged);
        objects = List.copyOf(objects);
        others = List.copyOf(others);
    }

    /** A manifest that tells nothing, and why. */
    public record Damaged(BackupId backup, String why, String hint) {}

    /** Reads it; throws {@link StoreException} when the store does not answer or may not be listed. */
    public static Shelf read(String name, Repository repository, String database, TrustedKeys trusted) {
        List<StoredObject> objects = repository.store().list(Layout.backups(database));
        List<Seen> backups = new ArrayList<>();
        List<Damaged> damaged = new ArrayList<>();
        for (BackupId backup : manifests(objects, database)) {
            try {
                seen(repository, backup, trusted).ifPresent(backups::add);
            } catch (StoreException e) {
                switch (e.problem()) {
                    case DAMAGED, UNSUITABLE, DENIED ->
                        damaged.add(new Damaged(backup, Objects.toString(e.getMessage()), e.hint()));
                    case NOT_FOUND, EXISTS, FULL, UNREACHABLE -> throw e;
                }
            }
        }
        List<String> others = repository.store().folders(Layout.databases()).stream()
                .filter(it -> !it.equals(database))
                .toList();
        return new Shelf(name, repository.id(), database, backups, damaged, objects, others);
    }

    /** The newest backup that counts. */
    public Optional<Seen> newest() {
        return backups.stream().filter(Seen::counts).findFirst();
    }

    /** Since when it is here: a copy comes later than its data was durable at home, and the manifest comes last. */
    Instant came(Seen backup) {
        return objects.stream()
                .filter(it -> it.key().equals(Layout.manifest(backup.backup())))
                .map(StoredObject::modified)
                .filter(it -> it.isAfter(backup.done()))
                .findFirst()
                .orElse(backup.done());
    }

    private static Optional<Seen> seen(Repository repository, BackupId backup, TrustedKeys trusted) {
        return repository.manifestBytes(backup).map(bytes -> {
            SignedManifest signed = SignedManifest.read(backup, bytes);
            return Seen.of(
                    signed.manifest(), Tally.of(bytes).sha256(), SignatureCheck.of(signed.judge(trusted), trusted));
        });
    }

    private static List<BackupId> manifests(List<StoredObject> objects, String database) {
        return objects.stream()
                .map(StoredObject::key)
                .filter(key -> key.name().equals(MANIFEST))
                .flatMap(key -> backup(key, database).stream())
                .toList();
    }

    /** The backup whose manifest lies under {@code key}; a manifest in another place is none. */
    private static Optional<BackupId> backup(Key key, String database) {
        List<String> segments = List.of(key.value().split("/", -1));
        try {
            BackupId backup = new BackupId(segments.get(Math.max(0, segments.size() - 2)));
            return Optional.of(backup)
                    .filter(it -> it.database().equals(database)
                            && Layout.manifest(it).equals(key));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
