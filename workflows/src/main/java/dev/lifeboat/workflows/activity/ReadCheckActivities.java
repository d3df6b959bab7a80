package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What a worker that restores can open. */
@ActivityInterface(namePrefix = "ReadCheck.")
public interface ReadCheckActivities {

    /** Decrypts the canary that the writing worker sealed. */
    List<Finding> canary(RunName run, String repository);
}
