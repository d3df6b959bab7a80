package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.activity.BackupActivities.Taken;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.journal.Ending;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.model.Document;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run knows so far of the backup it makes, and the reports that can be made of it. */
final class BackupRecord {

    private final BackupOrder order;
    private final BackupRequest request;
    private final Instant started = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
    private Optional<Taken> taken = Optional.empty();
    private Optional<Instant> committed = Optional.empty();

    BackupRecord(BackupOrder order, BackupRequest request) {
        this.order = order;
        this.request = request;
    }

    void taken(Taken attempt) {
        taken = Optional.of(attempt);
    }

    void committed() {
        committed = Optional.of(Journal.now());
    }

    /** The stored report of a run that went well. */
    RunReport good(List<Entry> steps) {
        return runReport("COMMITTED", Optional.empty(), steps, warnings());
    }

    /** The stored report of a run that stopped early; says so if its backup stands nevertheless. */
    RunReport stopped(Ending ending, List<Entry> steps) {
        List<String> warnings = new ArrayList<>(warnings());
        committed.ifPresent(when -> warnings.add("the backup was committed before the run stopped, and stands"));
        return runReport(ending.kind().name(), Optional.of(ending.problem()), steps, warnings);
    }

    BackupReport report(Optional<Document> stored) {
        Taken attempt = taken.orElseThrow();
        return new BackupReport(
                order.run(),
                order.backup(),
                order.repository(),
                attempt.tables(),
                attempt.rows(),
                attempt.plainBytes(),
                attempt.storedBytes(),
                Duration.between(started, committed.orElseThrow()),
                attempt.warnings(),
                stored);
    }

    private RunReport runReport(String outcome, Optional<String> problem, List<Entry> steps, List<String> warnings) {
        return new RunReport(
                order.run(),
                "BackUpDatabase",
                order.repository(),
                outcome,
                problem,
                request.operator(),
                started,
                Journal.now(),
                steps,
                committed.flatMap(when -> taken).map(this::backup),
                warnings);
    }

    private RunReport.Backup backup(Taken attempt) {
        return new RunReport.Backup(
                order.backup(),
                order.database(),
                request.tag().value(),
                attempt.tables(),
                attempt.rows(),
                attempt.plainBytes(),
                attempt.storedBytes());
    }

    private List<String> warnings() {
        return taken.map(Taken::warnings).orElse(List.of());
    }
}
