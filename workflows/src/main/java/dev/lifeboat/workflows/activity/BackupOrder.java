package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Which backup an activity works on. Names only: activities look up addresses and keys themselves.
 *
 * @param run whose effects these are
 * @param backup the id of the backup
 * @param database the database's name in {@code lifeboat.yml}
 * @param repository the home repository's name in {@code lifeboat.yml}
 * @param tag what the backup is for: a store may keep it accordingly
 */
public record BackupOrder(RunName run, String backup, String database, String repository, Tag tag) {

    public BackupOrder {
        tag = orManual(tag);
    }

    /** An order for which the tag makes no difference. */
    public BackupOrder(RunName run, String backup, String database, String repository) {
        this(run, backup, database, repository, Tag.MANUAL);
    }

    // An order that was given before it had a tag.
    private static Tag orManual(@Nullable Tag tag) {
        return tag == null ? Tag.MANUAL : tag;
    }

    /** The same in another repository. */
    public BackupOrder in(String other) {
        return new BackupOrder(run, backup, database, other, tag);
    }
}
