package dev.lifeboat.workflows.schedule;

import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The time in which a run of a schedule looks for points that were missed: since the last run of it that ended well, which
 * Temporal hands on, and never from before the schedule had its times.
 *
 * @param from the points later than this are looked at; empty if nobody knows where to begin, and then none are
 */
record LookBack(Optional<Instant> from) {

    static final Missed NOTHING = new Missed(0, List.of());

    static LookBack of(ScheduleRequest request) {
        Optional<Instant> told = Optional.ofNullable(Workflow.getLastCompletionResult(ScheduleReport.class))
                .flatMap(ScheduleReport::lookedUpTo);
        return of(request, told);
    }

    /** @param told up to where the run before has looked, if one ended well */
    static LookBack of(ScheduleRequest request, Optional<Instant> told) {
        return new LookBack(later(request.since(), told));
    }

    /** Up to where nothing is left to tell after this run: a point with nothing to show is told again, with its end. */
    Optional<Instant> after(Instant nominal, Outcome outcome, Optional<Missed> looked) {
        boolean done = outcome.isGood() && !(outcome instanceof Outcome.NotDue);
        Optional<Instant> upTo = looked.filter(ignored -> done)
                .map(it -> it.pending().map(point -> point.minusNanos(1)).orElse(nominal));
        return later(from, upTo);
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.filter(it -> other.filter(it::isBefore).isEmpty()).or(() -> other);
    }
}
