package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.util.Optional;

/** What {@code lifeboat.yml} says, fixed for the length of a run. */
@ActivityInterface(namePrefix = "Policy.")
public interface PolicyActivities {

    /** Stores the policy for the request's database as a document and returns what the runbook decides by. */
    BackupPolicy loadBackupPolicy(RunName run, BackupRequest request);

    /**
     * Returns what the copy of {@code backup} to the repository {@code to} decides by.
     *
     * @param from the repository to copy from; empty for the first one that has the backup
     */
    CopyPolicy loadCopyPolicy(RunName run, String backup, String to, Optional<String> from);
}
