package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What the controlling worker can say of its configuration and of Temporal. */
@ActivityInterface(namePrefix = "Check.")
public interface CheckActivities {

    /** What there is to try, from {@code lifeboat.yml}. */
    Inventory inventory();

    /** Temporal as the worker sees it: namespace, retention, search attributes, clock. */
    List<Finding> temporal(RunName run);

    /** Whether somebody would be told, and each channel: only looked at, or tried with a message if {@code send}. */
    List<Finding> notifications(RunName run, boolean send);

    /** The names of databases and repositories. */
    record Inventory(List<String> databases, List<String> repositories, String configuration, String host) {}
}
