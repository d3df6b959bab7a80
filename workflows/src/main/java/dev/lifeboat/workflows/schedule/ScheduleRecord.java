package dev.lifeboat.workflows.schedule;

import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.ScheduleActivities.Due;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.activity.ScheduleActivities.Point;
import dev.lifeboat.workflows.journal.Ending;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stored reports of what came of a point in time, for whoever asks when Temporal has forgotten it. */
final class ScheduleRecord {

    private final RunName run;
    private final Point point;
    private final Due due;
    private final Instant started = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());

    ScheduleRecord(RunName run, Point point, Due due) {
        this.run = run;
        this.point = point;
        this.due = due;
    }

    /** Whether nobody else leaves a report of it: a run that was begun leaves its own. */
    boolean isNeeded(Outcome outcome, Optional<Missed> missed) {
        boolean nothingElse = missed.filter(it -> it.count() == 0).isPresent();
        return switch (outcome) {
            case Outcome.Made made -> !nothingElse;
            case Outcome.NotDue notDue -> !nothingElse;
            case Outcome.Joined joined -> true;
            case Outcome.AlreadyMade made -> due.alreadyMade().isPresent() || !nothingElse;
            case Outcome.Missed nothing -> true;
            case Outcome.Failed failed -> true;
        };
    }

    /** The report of a run that came to its end, whatever that was. */
    RunReport of(Outcome outcome, Optional<Missed> missed, List<Entry> steps) {
        List<String> warnings = new ArrayList<>();
        if (missed.isEmpty()) {
            warnings.add("nobody could look which points before were missed");
        }
        missed.filter(it -> it.count() > 0).ifPresent(it -> warnings.add("missed before: " + ScheduleNews.words(it)));
        warnings.addAll(due.note().isEmpty() ? List.of() : List.of(due.note()));
        return switch (outcome) {
            case Outcome.Made(String what) -> good("MADE", what, steps, warnings);
            case Outcome.Joined(String other) -> good("JOINED", other, steps, warnings);
            case Outcome.AlreadyMade(String what) -> good("ALREADY_MADE", what, steps, warnings);
            case Outcome.NotDue() -> report("NOT_DUE", Optional.empty(), steps, warnings);
            case Outcome.Missed(String why) -> report("MISSED", Optional.of(why), steps, warnings);
            case Outcome.Failed(String why, boolean told) -> report("FAILED", Optional.of(why), steps, warnings);
        };
    }

    private RunReport good(String outcome, String by, List<Entry> steps, List<String> warnings) {
        warnings.addFirst("it has " + by);
        return report(outcome, Optional.empty(), steps, warnings);
    }

    /** The report of a run that stopped early. */
    RunReport stopped(Ending ending, List<Entry> steps) {
        return report(ending.kind().name(), Optional.of(ending.problem()), steps, List.of());
    }

    private RunReport report(String outcome, Optional<String> problem, List<Entry> steps, List<String> warnings) {
        List<String> all = new ArrayList<>(
                List.of("this is about %s at %s (%s)".formatted(point.right(), due.nominal(), point.rhythm())));
        all.addAll(warnings);
        return new RunReport(
                run,
                "RunOnSchedule",
                due.repository(),
                outcome,
                problem,
                "schedule",
                started,
                Journal.now(),
                steps,
                Optional.empty(),
                all,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
