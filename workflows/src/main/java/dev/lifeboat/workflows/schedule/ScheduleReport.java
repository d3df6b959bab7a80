package dev.lifeboat.workflows.schedule;

import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Tag;
import java.time.Instant;
import java.util.List;

/**
 * What came of a point in time.
 *
 * @param right what was to be run
 * @param nominal the point in time
 * @param tiers the rhythms that had a point then, the highest first
 * @param missedBefore points before it that have nothing to show for them
 * @param note what was odd about it; empty if nothing was
 */
public record ScheduleReport(
        RunName run,
        String right,
        Instant nominal,
        List<Tag> tiers,
        Outcome outcome,
        Missed missedBefore,
        String note) {}
