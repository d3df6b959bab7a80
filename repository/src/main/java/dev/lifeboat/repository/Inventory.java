package dev.lifeboat.repository;

import dev.lifeboat.repository.store.Key;
import java.util.List;

/**
 * All backups of a repository, or of one database, as its objects alone tell.
 *
 * @param entries the committed backups, newest first
 * @param damaged what should be a backup and cannot be read; it hides nothing else
 * @param uncommitted backups that have data but no manifest: unfinished, or left behind
 */
public record Inventory(List<Entry> entries, List<Damaged> damaged, List<BackupId> uncommitted) {

    public Inventory {
        entries = List.copyOf(entries);
        damaged = List.copyOf(damaged);
        uncommitted = List.copyOf(uncommitted);
    }

    /** A backup that counts. */
    public record Entry(BackupId backup, Manifest manifest) {}

    /** A place where a backup should be, and why it cannot be read. */
    public record Damaged(Key key, String why) {}
}
