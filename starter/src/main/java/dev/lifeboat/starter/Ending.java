package dev.lifeboat.starter;

import static java.util.stream.Collectors.joining;

import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunJson;
import dev.lifeboat.starter.run.RunStep;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.RunWatch;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.backup.CopyReport;
import dev.lifeboat.workflows.check.CheckReport;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.model.Copy;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import dev.lifeboat.workflows.verify.VerifyReport;
import io.temporal.common.converter.DataConverterException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How a run is followed to its end, and how that end is told: lines, document, exit code. */
final class Ending {

    private final Conventions conventions;
    private final TemporalConnection temporal;
    private final Function<Document, Optional<Path>> whereIs;
    private final UnaryOperator<String> farewell;

    /** @param whereIs where a stored document lies, if it lies on this machine */
    Ending(Conventions conventions, TemporalConnection temporal, Function<Document, Optional<Path>> whereIs) {
        this(conventions, temporal, whereIs, Detachment::goesOn);
    }

    /** @param farewell what Ctrl-C means for the run of that name, in one line */
    Ending(
            Conventions conventions,
            TemporalConnection temporal,
            Function<Document, Optional<Path>> whereIs,
            UnaryOperator<String> farewell) {
        this.conventions = conventions;
        this.temporal = temporal;
        this.whereIs = whereIs;
        this.farewell = farewell;
    }

    /** Shows the run until it is over. */
    RunView follow(RunAddress address) {
        Runs runs = new Runs(temporal.client());
        String label = runs.head(address).label();
        return Detachment.during(
                farewell.apply(label),
                conventions.terminal(),
                () -> new RunWatch(runs, conventions.terminal()).watch(address));
    }

    /** Prints the end, or the present state, and returns what a shell should know. */
    int tell(RunView view) {
        conventions.print(RunJson.whole(view), lines(view));
        return RunExit.code(view).number();
    }

    /** The same for somebody who has not seen the steps go by. */
    int tellWithSteps(RunView view) {
        List<String> lines = new ArrayList<>(lines(view));
        lines.addAll(1, view.steps().stream().map(this::step).toList());
        conventions.print(RunJson.whole(view), lines);
        return RunExit.code(view).number();
    }

    private String step(RunStep step) {
        Terminal terminal = conventions.terminal();
        String mark = switch (step.status()) {
            case RUNNING -> "▸";
            case DONE -> terminal.paintResult(Colour.GOOD, "✓");
            case FAILED -> terminal.paintResult(Colour.BAD, "✗");
            case CANCELLED -> "-";
        };
        String took = Words.duration(Duration.between(step.began(), step.ended().orElseGet(Instant::now)));
        String problem = step.problem().isEmpty() ? "" : ": " + Terminal.clean(step.problem());
        return "  %s %s (%s)%s".formatted(mark, Terminal.clean(step.title()), took, problem);
    }

    private List<String> lines(RunView view) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(view));
        view.trouble().ifPresent(it -> lines.add("  " + it));
        if (!view.problem().isEmpty()) {
            lines.add("  " + Terminal.clean(view.problem()));
        }
        if (!view.hint().isEmpty()) {
            lines.add("  hint: " + Terminal.clean(view.hint()));
        }
        result(view, "BackUpDatabase", BackupReport.class).ifPresent(report -> lines.addAll(table(report)));
        result(view, "CopyBackup", CopyReport.class).ifPresent(report -> lines.addAll(table(report)));
        result(view, VerifyBackupsVerb.RUNBOOK, VerifyReport.class)
                .ifPresent(report -> VerifyBackupsVerb.lines(report).forEach(line -> lines.add("  " + line)));
        result(view, "RunOnSchedule", ScheduleReport.class)
                .ifPresent(report -> lines.addAll(ScheduledLines.of(report)));
        result(view, "CheckSetup", CheckReport.class)
                .ifPresent(report -> lines.addAll(FindingLines.of(report.findings(), conventions.terminal())));
        return lines;
    }

    private String summary(RunView view) {
        String state = view.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Colour colour = switch (view.state()) {
            case COMPLETED -> Colour.GOOD;
            case RUNNING, CANCELLED -> Colour.CAREFUL;
            case FAILED, TERMINATED, TIMED_OUT -> Colour.BAD;
        };
        String how = view.blocked().isEmpty() ? state : "blocked";
        if (view.state() == RunView.State.RUNNING && !view.waiting().isEmpty()) {
            how = "waiting for " + Terminal.clean(view.waiting());
        }
        return "%s: %s (%s)"
                .formatted(
                        Terminal.clean(view.label()),
                        conventions.terminal().paintResult(colour, how),
                        Words.duration(view.took(Instant.now())));
    }

    private List<String> table(BackupReport report) {
        if (report.alreadyMade()) {
            return List.of("  there was a backup for that time already: " + report.backup());
        }
        Table table = Table.ofFacts()
                .row("backup", report.backup())
                .row("repository", report.repository())
                .row("tables", Words.count(report.tables()))
                .row("rows", Words.count(report.rows()))
                .row("dump", Words.bytes(report.plainBytes()))
                .row(
                        "stored",
                        "%s (%s smaller)"
                                .formatted(
                                        Words.bytes(report.storedBytes()),
                                        Words.ratio(report.plainBytes(), report.storedBytes())))
                .row("time", Words.duration(report.took()));
        report.report()
                .ifPresent(document -> table.row(
                        "report",
                        whereIs.apply(document)
                                .map(Path::toString)
                                .orElse(document.repository() + ": " + document.key())));
        if (!report.copies().isEmpty()) {
            table.row("copies", copies(report.copies()));
        }
        table.row(
                "verified", report.verification().map(Ending::verified).orElse("no: it was not asked for, or skipped"));
        report.comparison().ifPresent(it -> it.notes().forEach(note -> table.row("note", note)));
        report.warnings().forEach(warning -> table.row("warning", warning));
        return table.lines().stream().map(line -> "  " + line).toList();
    }

    private static String copies(List<Copy> copies) {
        long here = copies.stream().filter(it -> it.state() == Copy.State.HERE).count();
        String others = copies.stream()
                .filter(it -> it.state() != Copy.State.HERE)
                .map(it -> "'%s' %s".formatted(it.repository(), it.note()))
                .collect(joining(", "));
        return "%d of %d%s".formatted(here, copies.size(), others.isEmpty() ? "" : "; " + others);
    }

    private static String verified(Verified verified) {
        return "%s, %d of %d checks passed"
                .formatted(verified.verdict(), verified.checks() - verified.failed(), verified.checks());
    }

    private static List<String> table(CopyReport report) {
        return Table.ofFacts()
                .row("backup", report.backup())
                .row("from", report.from())
                .row("to", report.repository())
                .row("stored", Words.bytes(report.bytes()) + (report.alreadyThere() ? ", there already" : ""))
                .row("time", Words.duration(report.took()))
                .lines()
                .stream()
                .map(line -> "  " + line)
                .toList();
    }

    /** What a run returned, if it is of that kind and can be read. */
    static <T> Optional<T> result(RunView view, String runbook, Class<T> type) {
        if (!view.runbook().equals(runbook) || view.result().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Payloads.converter().fromPayloads(0, view.result(), type, type));
        } catch (DataConverterException e) {
            // Another version wrote it; the run's end is told without its numbers.
            return Optional.empty();
        }
    }
}
