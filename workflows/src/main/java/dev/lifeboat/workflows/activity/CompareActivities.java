package dev.lifeboat.workflows.activity;

import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/** Comparing a backup with those before it, by their manifests alone. */
@ActivityInterface(namePrefix = "Compare.")
public interface CompareActivities {

    /** Compares with the newest earlier backup of the same database and tag in the order's repository. */
    Compared compare(BackupOrder order);

    /**
     * What differs, in sentences, never more than a person reads.
     *
     * @param against the id of the earlier backup; empty if there is none to compare with
     * @param warnings what is worth a look
     * @param notes what is only said
     */
    record Compared(Optional<String> against, List<String> warnings, List<String> notes) {}
}
