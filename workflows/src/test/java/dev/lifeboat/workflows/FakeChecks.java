package dev.lifeboat.workflows;

import dev.lifeboat.workflows.activity.CheckActivities;
import dev.lifeboat.workflows.activity.DeleteCheckActivities;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.ReadCheckActivities;
import dev.lifeboat.workflows.activity.WriteCheckActivities;
import dev.lifeboat.workflows.model.RunName;
import java.util.List;

/** What the looks of a check find in a fake world: that all works, where a test says nothing else. */
public final class FakeChecks
        implements CheckActivities, WriteCheckActivities, ReadCheckActivities, DeleteCheckActivities {

    public volatile Inventory inventory =
            new Inventory(List.of("orders", "people"), List.of("main"), "abc", "worker-1");
    public volatile List<Finding> databaseFindings = List.of(pass("databases.orders"));

    @Override
    public Inventory inventory() {
        return inventory;
    }

    @Override
    public List<Finding> temporal(RunName run) {
        return List.of(pass("temporal"));
    }

    @Override
    public List<Finding> notifications(RunName run, boolean send) {
        return List.of(pass("notify"));
    }

    @Override
    public List<Finding> database(String database) {
        return databaseFindings;
    }

    @Override
    public List<Finding> repository(RunName run, String repository) {
        return List.of(pass("repositories." + repository));
    }

    @Override
    public List<Finding> canary(RunName run, String repository) {
        return List.of(pass("repositories." + repository));
    }

    public static Finding pass(String subject) {
        return new Finding(subject, "works", Finding.Verdict.PASS, "it does", "");
    }
}
