package dev.lifeboat.repository;

import dev.lifeboat.repository.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The backups of one database before a certain one, as far as they are of its kind: made for the same tag. */
public final class History {

    private final Repository repository;

    public History(Repository repository) {
        this.repository = repository;
    }

    /**
     * The newest of them, and which ones could not be read on the way to it.
     *
     * @param earlier empty if {@code backup} is the first of its kind
     * @param unreadable ids of manifests that were passed over
     */
    public record Found(Optional<Manifest> earlier, List<BackupId> unreadable) {}

    /** Looks for the newest backup before {@code later}, one manifest at a time. */
    public Found before(Manifest later) {
        List<BackupId> unreadable = new ArrayList<>();
        for (BackupId candidate : candidates(later.backup())) {
            try {
                Optional<Manifest> earlier =
                        repository.manifest(candidate).filter(it -> it.tag().equals(later.tag()));
                if (earlier.isPresent()) {
                    return new Found(earlier, unreadable);
                }
            } catch (StoreException e) {
                switch (e.problem()) {
                    case DAMAGED, UNSUITABLE, DENIED -> unreadable.add(candidate);
                    case NOT_FOUND, EXISTS, FULL, UNREACHABLE -> throw e;
                }
            }
        }
        return new Found(Optional.empty(), unreadable);
    }

    /** Ids of other backups that are not younger, newest first; folders that are none are somebody else's. */
    private List<BackupId> candidates(BackupId backup) {
        return repository.store().folders(Layout.backups(backup.database())).stream()
                .flatMap(folder -> id(folder).stream())
                .filter(it -> it.database().equals(backup.database()) && !it.equals(backup))
                .filter(it -> it.takenAt().isBefore(backup.takenAt()))
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
