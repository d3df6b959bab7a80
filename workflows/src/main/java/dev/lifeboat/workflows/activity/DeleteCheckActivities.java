package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What a worker that sweeps may remove. */
@ActivityInterface(namePrefix = "DeleteCheck.")
public interface DeleteCheckActivities {

    /** Removes the canary. */
    List<Finding> canary(RunName run, String repository);
}
