package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.RunName;

/**
 * Which backup an activity works on. Names only: activities look up addresses and keys themselves.
 *
 * @param run whose effects these are
 * @param backup the id of the backup
 * @param database the database's name in {@code lifeboat.yml}
 * @param repository the home repository's name in {@code lifeboat.yml}
 */
public record BackupOrder(RunName run, String backup, String database, String repository) {

    /** The same in another repository. */
    public BackupOrder in(String other) {
        return new BackupOrder(run, backup, database, other);
    }
}
