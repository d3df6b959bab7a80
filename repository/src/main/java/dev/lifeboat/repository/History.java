package dev.lifeboat.repository;

import dev.lifeboat.repository.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The backups of one database, read from the newest on until the one that is looked for is found. */
public final class History {

    /** At most so many manifests are read: a tag may be rare, and the backups of years many. */
    public static final int MOST = 200;

    private final Repository repository;

    public History(Repository repository) {
        this.repository = repository;
    }

    /**
     * The newest of them, and which ones could not be read on the way to it.
     *
     * @param earlier empty if {@code backup} is the first of its kind, as far as that was looked at
     * @param unreadable ids of manifests that were passed over
     * @param complete whether all backups before were looked at, or the one that was looked for was found; else only the
     *     {@link #MOST} newest
     */
    public record Found(Optional<Manifest> earlier, List<BackupId> unreadable, boolean complete) {}

    /**
     * Looks for the newest backup before {@code later} with the same tag that counts, one manifest at a time, among the newest
     * {@link #MOST}.
     */
    public Found before(Manifest later, Trust trust) {
        BackupId backup = later.backup();
        List<BackupId> candidates = ids(backup.database()).stream()
                .filter(it -> !it.equals(backup) && it.takenAt().isBefore(backup.takenAt()))
                .toList();
        return first(
                candidates,
                it -> trust.manifest(repository, it)
                        .filter(earlier -> earlier.tag().equals(later.tag())));
    }

    /** Looks for the newest backup of {@code database}, whatever its tag. */
    Found newest(String database) {
        return first(ids(database), repository::manifest);
    }

    /** The same among those that count. */
    Found newest(String database, Trust trust) {
        List<BackupId> candidates = ids(database).stream().filter(trust::mayBe).toList();
        return first(candidates, it -> trust.manifest(repository, it));
    }

    private Found first(List<BackupId> candidates, Function<BackupId, Optional<Manifest>> wanted) {
        List<BackupId> unreadable = new ArrayList<>();
        for (BackupId candidate : candidates.subList(0, Math.min(MOST, candidates.size()))) {
            try {
                Optional<Manifest> earlier = wanted.apply(candidate);
                if (earlier.isPresent()) {
                    return new Found(earlier, unreadable, true);
                }
            } catch (StoreException e) {
                switch (e.problem()) {
                    case DAMAGED, UNSUITABLE, DENIED -> unreadable.add(candidate);
                    case NOT_FOUND, EXISTS, FULL, UNREACHABLE -> throw e;
                }
            }
        }
        return new Found(Optional.empty(), unreadable, candidates.size() <= MOST);
    }

    /** Ids of backups, newest first; folders that are none are somebody else's. */
    private List<BackupId> ids(String database) {
        return repository.store().folders(Layout.backups(database)).stream()
                .flatMap(folder -> id(folder).stream())
                .filter(it -> it.database().equals(database))
                .sorted(Comparator.comparing(BackupId::takenAt)
                        .thenComparing(Comparator.naturalOrder())
                        .reversed())
                .toList();
    }

    private static Optional<BackupId> id(String folder) {
        try {
            return Optional.of(new BackupId(folder));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
