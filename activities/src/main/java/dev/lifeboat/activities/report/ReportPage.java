package dev.lifeboat.activities.report;

import static java.util.stream.Collectors.joining;

import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.Copy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
        if (!report.copies().isEmpty()) {
            facts.add(new Fact("Copies", copies(report.copies())));
        }
        report.verification().ifPresent(it -> facts.add(new Fact("Verification", verification(it))));
        report.comparison().ifPresent(it -> facts.add(new Fact("Compared with", comparison(it))));
        return facts;
    }

    private static String copies(List<Copy> copies) {
        long here = copies.stream().filter(it -> it.state() == Copy.State.HERE).count();
        return "%d of %d: %s"
                .formatted(
                        here,
                        copies.size(),
                        copies.stream().map(ReportPage::copy).collect(joining(", ")));
    }

    private static String copy(Copy copy) {
        return switch (copy.state()) {
            case HERE -> copy.repository();
            case UNDER_WAY, UNKNOWN -> "%s (%s)".formatted(copy.repository(), copy.note());
            case MISSING -> "%s has none".formatted(copy.repository());
        };
    }

    private static String verification(Verified verified) {
        return "%s, %d of %d checks passed"
                .formatted(verified.verdict(), verified.checks() - verified.failed(), verified.checks());
    }

    private static String comparison(Compared compared) {
        return Stream.concat(Stream.of(compared.against().orElse("nothing")), compared.notes().stream())
                .collect(joining("; "));
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
