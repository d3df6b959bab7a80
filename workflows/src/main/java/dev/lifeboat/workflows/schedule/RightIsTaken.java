package dev.lifeboat.workflows.schedule;

import dev.lifeboat.workflows.activity.ScheduleActivities.Due;
import dev.lifeboat.workflows.activity.ScheduleActivities.Holder;
import dev.lifeboat.workflows.model.Tag;

/** When a run that has the right does what a point in time asks for. */
final class RightIsTaken {

    private RightIsTaken() {}

    /**
     * Whether the holder's end is all that has to be waited for. A point needs no snapshot younger than itself, so a run by
     * hand for the same tag will do; one that a schedule made for another point will not. A backup before a release serves
     * nothing else.
     */
    static boolean bySomebodyWhoDoesIt(Holder holder, String runbook, Due due) {
        if (!holder.runbook().equals(runbook)
                || holder.tag().filter(Tag.PRE_DEPLOY::equals).isPresent()) {
            return false;
        }
        if (!runbook.equals("BackUpDatabase")) {
            return true; // only backups differ by what they are for
        }
        return holder.nominal()
                .map(due.nominal()::equals)
                .orElseGet(() ->
                        holder.tag().filter(due.tiers().getFirst()::equals).isPresent());
    }
}
