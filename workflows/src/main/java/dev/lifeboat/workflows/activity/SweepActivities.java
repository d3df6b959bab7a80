package dev.lifeboat.workflows.activity;

import io.temporal.activity.ActivityInterface;

/** Removing what no manifest names. May delete from a repository, nothing more. */
@ActivityInterface(namePrefix = "Sweep.")
public interface SweepActivities {

    /** Removes the attempts that lost against the committed one. Touches nothing if nothing is committed. */
    Swept sweepLosers(BackupOrder order);

    /** Removes all that an uncommitted backup left, after its maker has ended. Never touches a committed one. */
    Swept discard(BackupOrder order);

    /** What was removed; {@code kept} says that a manifest stands, so that nothing was. */
    record Swept(int objects, long bytes, boolean kept) {}
}
