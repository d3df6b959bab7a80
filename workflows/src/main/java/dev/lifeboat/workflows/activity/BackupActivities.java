package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.backup.BackupRequest;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Making a backup: take, look, commit. Holds database passwords and may add to a repository, nothing more. */
@ActivityInterface(namePrefix = "Backup.")
public interface BackupActivities {

    /**
     * Dumps the database in one snapshot into an attempt of its own and seals it. If an earlier attempt of the same run
     * finished, returns that one; if one still works, waits for it.
     */
    Taken take(BackupOrder order);

    /** Reads back what the attempt stored and compares size and hash of every object. */
    Looked look(BackupOrder order, String attempt);

    /** Puts the manifest, with exactly that attempt. Done already with the same content: fine; with other: fails. */
    void commit(BackupOrder order, String attempt, BackupRequest labels);

    /** Returns once no attempt of the run works on the database any more: only then may its traces be removed. */
    void awaitEnd(BackupOrder order);

    /** One sealed attempt: what was dumped, in numbers. */
    record Taken(String attempt, int tables, long rows, long plainBytes, long storedBytes, List<String> warnings) {}

    /** What was read back. */
    record Looked(int objects, long bytes) {}
}
