package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.Right;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.BackupActivities;
import dev.lifeboat.workflows.activity.BackupActivities.Taken;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.BackupPolicy;
import dev.lifeboat.workflows.activity.PolicyActivities;
import dev.lifeboat.workflows.activity.ReportActivities;
import dev.lifeboat.workflows.activity.SweepActivities;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.journal.Patience;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.journal.Undo;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** See {@code docs/runbooks/back-up-database.md}: this follows that page. */
public final class BackUpDatabaseRunbook implements BackUpDatabase {

    /** So long trouble is borne before it is known how long: a repository that is away for an evening costs no backup. */
    private static final Duration BEFORE_THE_POLICY = Duration.ofHours(12);

    private static final String STORE = "Store the report";

    private static final Logger log = Workflow.getLogger(BackUpDatabaseRunbook.class);

    private final PolicyActivities policies = Activities.policy();
    private final BackupActivities backup = Activities.backup();
    private final BackupActivities manifest = Activities.commit();
    private final SweepActivities sweep = Activities.sweep();
    private final BackupActivities backupToUndo = Activities.backupToUndo();
    private final SweepActivities sweepToUndo = Activities.sweepToUndo();
    private final ReportActivities reports = Activities.report();
    private final ReportActivities reportsToUndo = Activities.reportToUndo();

    private final Journal journal = new Journal();
    private final Undo undo = new Undo(journal);

    @Override
    public BackupReport run(@Nullable BackupRequest asked) {
        BackupRequest request = Right.asked(asked, "--input '\"orders\"'");
        RunName run = Right.demand("backup", request.database());
        BackupReport report = undo.around(() -> backUp(run, request));
        Workflow.await(Workflow::isEveryHandlerFinished);
        return report;
    }

    private BackupReport backUp(RunName run, BackupRequest request) {
        BackupNews news = new BackupNews(run, request);
        journal.unattended(patience(news, request, beforeThePolicy()));
        BackupPolicy policy = journal.step("Load the policy", () -> policies.loadBackupPolicy(run, request));
        journal.unattended(patience(news, request, policy.giveUpAfter()));
        if (policy.searchAttributes()) {
            Workflow.upsertTypedSearchAttributes(
                    RunAttributes.TARGET.valueSet(request.database()), RunAttributes.RUN.valueSet(run.value()));
            journal.showWaiting();
        }

        BackupOrder order = new BackupOrder(run, run.backup(), request.database(), policy.repository(), request.tag());
        FurtherCopies copies = new FurtherCopies(order, request, policy);
        BackupRecord record = new BackupRecord(order, request, copies);
        if (policy.alreadyMade().isPresent()) {
            return alreadyMade(policy, record, news);
        }
        news.of(record);
        undo.lastly(STORE, ending -> reportsToUndo.store(record.stopped(ending, journal.entries())));
        undo.add("Remove what this run stored", () -> remove(order, record));

        Taken taken = journal.step("Dump the database in one snapshot", () -> backup.take(order));
        record.taken(taken);
        journal.step("Read back what was stored", () -> backup.look(order, taken.attempt()));
        journal.step("Commit the backup", () -> manifest.commit(order, taken.attempt(), request));
        // Only now: a commit that failed for good must not leave its bytes behind. And one that happened although its
        // answer was lost is safe, because removing refuses where a manifest stands.
        undo.forget();
        record.committed();
        if (Workflow.getVersion("copies", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            Optional<TemporalFailure> missing = copy(order, copies);
            AfterCommit after = new AfterCommit(order, record, journal, news);
            if (policy.verify()) {
                after.verify(request.atTerminal());
            }
            after.compare();
            missing.ifPresent(BackUpDatabaseRunbook::end);
        }
        journal.tryStep("Sweep what losing attempts left", () -> {
            sweep.sweepLosers(order);
            copies.made().forEach(it -> sweep.sweepLosers(order.in(it)));
        });
        Optional<Document> stored = journal.skippable(
                STORE, Optional.empty(), () -> Optional.of(reports.store(record.good(journal.entries()))));
        if (Workflow.getVersion("told", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            journal.tryStep(BackupNews.TELL, () -> news.well(record));
        }
        return record.report(stored);
    }

    private static Duration beforeThePolicy() {
        return Workflow.getVersion("patience", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION
                ? Duration.ofHours(1)
                : BEFORE_THE_POLICY;
    }

    @Override
    public String answer(Answer answer) {
        return journal.hear(answer);
    }

    @Override
    public void mayAnswer(Answer answer) {
        journal.objection(answer).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
    }

    // That it is there does not make it good: whoever was told not to rely on it must not hear that all is well.
    private BackupReport alreadyMade(BackupPolicy policy, BackupRecord record, BackupNews news) {
        String backup = policy.alreadyMade().orElseThrow();
        List<Document> stored = new ArrayList<>();
        if (Workflow.getVersion("told-already-made", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            journal.tryStep(STORE, () -> stored.add(reports.store(record.alreadyMade(backup, journal.entries()))));
            if (policy.alreadyWell()) {
                journal.tryStep(BackupNews.TELL, () -> news.alreadyMade(backup));
            }
        }
        return record.nothingToDo(backup, stored.stream().findFirst());
    }

    /** What is missing for good; it ends the run only when the copy that there is has been looked at. */
    private Optional<TemporalFailure> copy(BackupOrder order, FurtherCopies copies) {
        if (copies.none()) {
            return Optional.empty();
        }
        try {
            journal.step("Copy to the further repositories", copies::make);
            return Optional.empty();
        } catch (ActivityFailure e) {
            if (Trouble.isCancel(e)) {
                throw e;
            }
            TemporalFailure missing = FailureType.COPY_MISSING.because(
                    "backup '%s' is safe in '%s', but this is all there is of it (%s); none in %s: %s"
                            .formatted(
                                    order.backup(),
                                    order.repository(),
                                    copies.count(),
                                    copies.lacking(),
                                    Trouble.problem(e)),
                    "mend the cause and copy it then, as docs/runbooks/copy-backup.md says");
            if (Workflow.getVersion("look-before-ending", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
                throw missing;
            }
            return Optional.of(missing);
        }
    }

    private static void end(TemporalFailure why) {
        throw why;
    }

    /** A dump may outlive the attempt that began it, and what still writes would leave more behind: so it is waited for. */
    private void remove(BackupOrder order, BackupRecord record) {
        try {
            backupToUndo.awaitEnd(order);
        } catch (ActivityFailure unreachable) {
            // What still writes leaves bytes that the next sweep finds, and can never be committed.
            log.info("removing what was stored without having seen the dump's end", unreachable);
        }
        if (sweepToUndo.discard(order).kept()) {
            record.committed(); // its answer was lost, not the commit
        }
    }

    private static Patience patience(BackupNews news, BackupRequest request, Duration giveUpAfter) {
        return new Patience(giveUpAfter, request.atTerminal(), news::trouble, news::givenUp);
    }
}
