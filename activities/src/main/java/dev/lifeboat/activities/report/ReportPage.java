package dev.lifeboat.activities.report;

import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the page of a report shows, as text. The template only places it. */
public record ReportPage(
        String run,
        String runbook,
        String outcome,
        boolean good,
        String operator,
        String problem,
        List<Fact> facts,
        List<String> warnings,
        List<Step> steps) {

    public record Fact(String name, String value) {}

    public record Step(String title, String status, String at, String note) {}

    static ReportPage of(RunReport report) {
        return new ReportPage(
                report.run().value(),
                report.runbook(),
                report.outcome(),
                report.problem().isEmpty(),
                report.operator(),
                report.problem().orElse(""),
                facts(report),
                report.warnings(),
                report.steps().stream().map(ReportPage::step).toList());
    }

    private static List<Fact> facts(RunReport report) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Started (UTC)", time(report.started())));
        facts.add(new Fact("Ended (UTC)", time(report.ended())));
        facts.add(new Fact(
                "Took",
                Duration.between(report.started(), report.ended())
                        .toString()
                        .substring(2)
                        .toLowerCase(Locale.ROOT)));
        facts.add(new Fact("Repository", report.repository()));
        report.backup().ifPresent(backup -> {
            facts.add(new Fact("Backup", backup.id()));
            facts.add(new Fact("Database", backup.database()));
            facts.add(new Fact("Tag", backup.tag()));
            facts.add(new Fact("Tables", grouped(backup.tables())));
            facts.add(new Fact("Rows, counted in the same snapshot", grouped(backup.rows())));
            facts.add(new Fact("Bytes of the dump", grouped(backup.plainBytes())));
            facts.add(new Fact("Bytes stored", grouped(backup.storedBytes())));
        });
        return facts;
    }

    private static Step step(Entry entry) {
        return new Step(
                entry.title(), entry.status().name().toLowerCase(Locale.ROOT), time(entry.since()), entry.note());
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
