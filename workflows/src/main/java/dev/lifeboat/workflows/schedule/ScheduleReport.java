package dev.lifeboat.workflows.schedule;

import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a point in time.
 *
 * @param right what was to be run
 * @param nominal the point in time
 * @param tiers the rhythms that had a point then, the highest first
 * @param missedBefore points before it that have nothing to show for them
 * @param note what was odd about it; empty if nothing was
 * @param lookedUpTo of the points up to here nothing is left to tell (UTC): the next run of the schedule, to which Temporal hands
 *     this report, looks from here on
 */
public record ScheduleReport(
        RunName run,
        String right,
        Instant nominal,
        List<Tag> tiers,
        Outcome outcome,
        Missed missedBefore,
        String note,
        Optional<Instant> lookedUpTo) {}
