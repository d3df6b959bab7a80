package dev.lifeboat.workflows;

import dev.lifeboat.workflows.backup.BackUpDatabase;
import dev.lifeboat.workflows.backup.BackUpDatabaseRunbook;
import dev.lifeboat.workflows.backup.CopyBackup;
import dev.lifeboat.workflows.backup.CopyBackupRunbook;
import dev.lifeboat.workflows.check.CheckSetup;
import dev.lifeboat.workflows.check.CheckSetupRunbook;
import dev.lifeboat.workflows.incident.Incident;
import dev.lifeboat.workflows.incident.IncidentRunbook;
import io.temporal.worker.WorkflowImplementationOptions;
import java.util.List;

/** Every runbook there is: one line each. */
public final class Runbooks {

    public static final List<Runbook> ALL = List.of(
            new Runbook(
                    "BackUpDatabase",
                    "backup",
                    BackUpDatabase.class,
                    BackUpDatabaseRunbook.class,
                    "docs/runbooks/back-up-database.md"),
            new Runbook(
                    "CopyBackup", "copy", CopyBackup.class, CopyBackupRunbook.class, "docs/runbooks/copy-backup.md"),
            new Runbook("Incident", "incident", Incident.class, IncidentRunbook.class, "docs/runbooks/incident.md"),
            new Runbook(
                    "CheckSetup", "check", CheckSetup.class, CheckSetupRunbook.class, "docs/runbooks/check-setup.md"));

    private Runbooks() {}

    /** How a worker registers them. Only an unreadable input ends a run; any other exception of ours must block it. */
    public static WorkflowImplementationOptions options() {
        return WorkflowImplementationOptions.newBuilder()
                .setFailWorkflowExceptionTypes(UnreadableRequest.class)
                .build();
    }

    /** What a worker registers. */
    public static Class<?>[] implementations() {
        return ALL.stream().map(Runbook::implementation).toArray(Class<?>[]::new);
    }
}
