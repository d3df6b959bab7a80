package dev.lifeboat.workflows.check;

import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.Right;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.CheckActivities;
import dev.lifeboat.workflows.activity.CheckActivities.Inventory;
import dev.lifeboat.workflows.activity.DeleteCheckActivities;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.ReadCheckActivities;
import dev.lifeboat.workflows.activity.WriteCheckActivities;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** See {@code docs/runbooks/check-setup.md}: this follows that page. */
public final class CheckSetupRunbook implements CheckSetup {

    private final CheckActivities control = Activities.check();
    private final WriteCheckActivities write = Activities.writeCheck();
    private final ReadCheckActivities read = Activities.readCheck();
    private final DeleteCheckActivities delete = Activities.deleteCheck();

    private final Journal journal = new Journal();
    private final Findings findings = new Findings();

    @Override
    public CheckReport run(@Nullable CheckRequest asked) {
        CheckRequest request = Right.asked(asked, "--input '{}'");
        RunName run = Right.demand("check", "setup");

        Inventory inventory =
                journal.step("Look at Temporal and the configuration", () -> lookAtConfiguration(run, request));
        journal.step("Try the databases", () -> inventory.databases().forEach(this::tryDatabase));
        journal.step("Try the repositories", () -> inventory.repositories().forEach(it -> tryRepository(run, it)));
        journal.step("Decrypt the canary", () -> inventory.repositories().forEach(it -> decryptCanary(run, it)));
        journal.step("Remove the canary", () -> inventory.repositories().forEach(it -> removeCanary(run, it)));
        if (Workflow.getVersion("notifications", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            journal.step("Try the notifications", () -> tryNotifications(run, request.tell()));
        }
        return findings.report(run);
    }

    private Inventory lookAtConfiguration(RunName run, CheckRequest request) {
        Inventory nothing = new Inventory(List.of(), List.of(), "", "");
        Inventory inventory = findings.look(Queue.CONTROL, "configuration", "can be read", nothing, control::inventory);
        findings.add(Queue.CONTROL, "temporal", "answers", () -> control.temporal(run));
        compare(request.configuration(), inventory);
        return inventory;
    }

    private void compare(String asked, Inventory inventory) {
        if (asked.isEmpty() || inventory.configuration().isEmpty() || asked.equals(inventory.configuration())) {
            return;
        }
        findings.add(new Finding(
                "configuration",
                "is the same for you and the worker",
                Verdict.WARN,
                "you read a lifeboat.yml with SHA-256 %s, the worker on '%s' one with %s"
                        .formatted(asked, inventory.host(), inventory.configuration()),
                "give both the same lifeboat.yml, then restart the worker"));
    }

    private void tryNotifications(RunName run, boolean send) {
        findings.add(Queue.CONTROL, "notify", "can tell somebody", () -> control.notifications(run, send));
    }

    private void tryDatabase(String database) {
        findings.add(Queue.WRITE, "databases." + database, "can be backed up", () -> write.database(database));
    }

    private void tryRepository(RunName run, String name) {
        findings.add(Queue.WRITE, "repositories." + name, "takes a backup", () -> write.repository(run, name));
    }

    private void decryptCanary(RunName run, String name) {
        findings.add(Queue.READ, "repositories." + name, "can be decrypted", () -> read.canary(run, name));
    }

    private void removeCanary(RunName run, String name) {
        findings.add(Queue.DELETE, "repositories." + name, "can be swept", () -> delete.canary(run, name));
    }
}
