package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;

/** What {@code lifeboat.yml} says, fixed for the length of a run. */
@ActivityInterface(namePrefix = "Policy.")
public interface PolicyActivities {

    /** Stores the policy for the request's database as a document and returns what the runbook decides by. */
    BackupPolicy loadBackupPolicy(RunName run, BackupRequest request);
}
