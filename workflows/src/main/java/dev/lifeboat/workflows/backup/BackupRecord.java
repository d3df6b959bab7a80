package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.activity.BackupActivities.Taken;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
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
    private final FurtherCopies copies;
    private Optional<Taken> taken = Optional.empty();
    private Optional<Instant> committed = Optional.empty();
    private Optional<Verified> verified = Optional.empty();
    private Optional<Compared> compared = Optional.empty();

    BackupRecord(BackupOrder order, BackupRequest request, FurtherCopies copies) {
        this.order = order;
        this.request = request;
        this.copies = copies;
    }

    void taken(Taken attempt) {
        taken = Optional.of(attempt);
    }

    void committed() {
        committed = Optional.of(Journal.now());
    }

    void verified(Verified verdict) {
        verified = Optional.of(verdict);
    }

    /** Why the backup must not be relied on, if what was seen in it says so. */
    Optional<String> distrust() {
        return verified.filter(it -> it.verdict() == Finding.Verdict.FAIL)
                .map(it -> "backup '%s' cannot be trusted: %d of %d checks failed; %s"
                        .formatted(order.backup(), it.failed(), it.checks(), String.join("; ", it.lines())));
    }

    void compared(Compared differences) {
        compared = Optional.of(differences);
    }

    /** What stands whatever becomes of the run, in one sentence; empty as long as nothing was committed. */
    Optional<String> standing() {
        return committed.map(when -> copies.inWords());
    }

    /** What was made, in one sentence without its warnings. */
    String summary() {
        Taken attempt = taken.orElseThrow();
        return "backup '%s' is made: %d tables with %d rows, %d bytes stored"
                .formatted(order.backup(), attempt.tables(), attempt.rows(), attempt.storedBytes());
    }

    /** The stored report of a run that went well. */
    RunReport good(List<Entry> steps) {
        return runReport("COMMITTED", Optional.empty(), steps, warnings());
    }

    /** The stored report of a run that found the backup of its point in time there. */
    RunReport alreadyMade(String backup, List<Entry> steps) {
        return runReport(
                "ALREADY_MADE", Optional.empty(), steps, List.of("backup '%s' had been made before".formatted(backup)));
    }

    /** What such a run returns. */
    BackupReport nothingToDo(String backup, Optional<Document> stored) {
        Duration took = Duration.between(started, Journal.now());
        return BackupReport.alreadyMade(order.run(), backup, order.repository(), took, stored);
    }

    /** The stored report of a run that stopped early; says so if its backup stands nevertheless. */
    RunReport stopped(Ending ending, List<Entry> steps) {
        List<String> warnings = new ArrayList<>(warnings());
        standing().ifPresent(warnings::add);
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
                warnings(),
                stored,
                copies.all(),
                verified,
                compared,
                false);
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
                warnings,
                committed.map(when -> copies.all()).orElse(List.of()),
                verified,
                compared);
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

    List<String> warnings() {
        List<String> warnings = new ArrayList<>(taken.map(Taken::warnings).orElse(List.of()));
        verified.ifPresent(it -> warnings.addAll(warnings(it)));
        compared.ifPresent(it -> warnings.addAll(it.warnings()));
        return warnings;
    }

    private static List<String> warnings(Verified verified) {
        return switch (verified.verdict()) {
            case PASS, WARN, INCONCLUSIVE -> verified.lines();
            case FAIL -> verified.lines().stream().map("verification: "::concat).toList();
        };
    }
}
