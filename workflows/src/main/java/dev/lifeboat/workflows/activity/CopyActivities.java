package dev.lifeboat.workflows.activity;

import io.temporal.activity.ActivityInterface;

/** Carrying committed backups, as stored, to further repositories. May add to a repository, nothing more. */
@ActivityInterface(namePrefix = "Copy.")
public interface CopyActivities {

    /**
     * Copies the order's backup from its repository to the one named {@code to}, reads it back there, and puts the same
     * manifest. There already with the same manifest: done at once.
     */
    Copied copyTo(BackupOrder order, String to);

    /**
     * One copy.
     *
     * @param bytes stored bytes of the backup
     * @param alreadyThere whether nothing had to be copied
     */
    record Copied(int objects, long bytes, boolean alreadyThere) {}
}
