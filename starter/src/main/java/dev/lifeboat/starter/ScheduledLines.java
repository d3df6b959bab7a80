package dev.lifeboat.starter;

import static java.util.stream.Collectors.joining;

import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import java.util.List;

/** What came of a point in time, as a person reads it. */
final class ScheduledLines {

    private ScheduledLines() {}

    static List<String> of(ScheduleReport report) {
        Table table = Table.ofFacts()
                .row("scheduled for", Words.time(report.nominal()))
                .row("tiers", report.tiers().stream().map(it -> it.value()).collect(joining(", ")))
                .row("outcome", words(report.outcome()));
        if (report.missedBefore().count() > 0) {
            table.row(
                    "missed before",
                    "%s%s, the last of them %s"
                            .formatted(
                                    report.missedBefore().more() ? "at least " : "",
                                    Words.plural(report.missedBefore().count(), "point"),
                                    report.missedBefore().newest().stream()
                                            .map(Words::time)
                                            .collect(joining(", "))));
        }
        if (!report.note().isEmpty()) {
            table.row("note", report.note());
        }
        return table.lines().stream().map(line -> "  " + line).toList();
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Made(String what) -> "made: " + what;
            case Outcome.Joined(String run) -> "joined " + run;
            case Outcome.AlreadyMade(String what) -> "already made: " + what;
            case Outcome.NotDue notDue -> "not due: the clock was put back";
            case Outcome.Missed(String why) -> "missed: " + why;
            case Outcome.Failed(String why, boolean told) -> "failed: " + why;
        };
    }
}
