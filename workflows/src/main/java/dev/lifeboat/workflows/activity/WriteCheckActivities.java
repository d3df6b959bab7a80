package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What a worker that writes backups can reach. */
@ActivityInterface(namePrefix = "WriteCheck.")
public interface WriteCheckActivities {

    /** Connects, compares client and server, looks for rights and for a pooler in between. */
    List<Finding> database(String database);

    /** Writes a canary, reads it back, tries to write it twice, looks at free space. */
    List<Finding> repository(RunName run, String repository);
}
