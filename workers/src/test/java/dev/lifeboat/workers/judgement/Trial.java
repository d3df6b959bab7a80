package dev.lifeboat.workers.judgement;

import dev.lifeboat.workers.judgement.Outage.Part;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a time of backups on schedule was like.
 *
 * @param from no point at or before it counts
 * @param until no point at or after it counts
 * @param saidWithin how soon people are told of trouble by those who are there to tell
 * @param patience how long a run bears trouble before it gives up, and a little more
 * @param blamed whose absence a notice speaks of, by its words; all parts if it is not plain
 */
public record Trial(
        Instant from,
        Instant until,
        List<Plan> plans,
        Weather weather,
        Duration saidWithin,
        Duration patience,
        Function<Notice, Set<Part>> blamed) {

    List<Instant> points(Plan plan) {
        return plan.points(from, until.minusNanos(1));
    }

    /** The names of the databases that have schedules. */
    List<String> databases() {
        return plans.stream()
                .filter(Plan::isBackup)
                .map(Plan::database)
                .distinct()
                .toList();
    }
}
