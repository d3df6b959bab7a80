package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.Right;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.CopyActivities;
import dev.lifeboat.workflows.activity.CopyActivities.Copied;
import dev.lifeboat.workflows.activity.CopyPolicy;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.PolicyActivities;
import dev.lifeboat.workflows.activity.ReportActivities;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.SweepActivities;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.journal.Patience;
import dev.lifeboat.workflows.journal.Undo;
import dev.lifeboat.workflows.model.Copy;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See {@code docs/runbooks/copy-backup.md}: this follows that page. */
public final class CopyBackupRunbook implements CopyBackup {

    /** How long trouble is borne before the policy has said so. */
    private static final Duration BEFORE_THE_POLICY = Duration.ofHours(12);

    private static final String COPY = "Copy the backup";

    private final PolicyActivities policies = Activities.policy();
    private final CopyActivities copies = Activities.copy();
    private final SweepActivities sweep = Activities.sweep();
    private final ReportActivities reports = Activities.report();
    private final ReportActivities reportsToUndo = Activities.reportToUndo();
    private final NotificationActivities notification = Activities.notification();

    private final Journal journal = new Journal();
    private final Undo undo = new Undo(journal);
    private final Instant started = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
    private boolean told;

    /** What its news are about. */
    private String about = "";

    @Override
    public CopyReport run(@Nullable CopyRequest asked) {
        CopyRequest request = Right.asked(asked, "--input '{\"backup\":\"…\",\"repository\":\"…\"}'");
        RunName run = Right.demand("copy", new Right.BackupPlace(request.backup(), request.repository()));
        about = about(run, request);
        CopyReport report = undo.around(() -> copy(run, request));
        Workflow.await(Workflow::isEveryHandlerFinished);
        return report;
    }

    /** The way from one database into one repository, and not each backup: that is one trouble, and the next copy ends it. */
    private static String about(RunName run, CopyRequest request) {
        return Workflow.getVersion("about-the-way", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION
                ? run.right()
                : "copy/%s/%s".formatted(Right.database(request.backup()), request.repository());
    }

    private CopyReport copy(RunName run, CopyRequest request) {
        journal.unattended(patience(run, request, BEFORE_THE_POLICY));
        CopyPolicy policy = journal.step(
                "Load the policy",
                () -> policies.loadCopyPolicy(run, request.backup(), request.repository(), request.from()));
        journal.unattended(patience(run, request, policy.giveUpAfter()));
        if (policy.searchAttributes()) {
            Workflow.upsertTypedSearchAttributes(
                    RunAttributes.TARGET.valueSet(policy.database()), RunAttributes.RUN.valueSet(run.value()));
            journal.showWaiting();
        }

        BackupOrder order = new BackupOrder(run, request.backup(), policy.database(), policy.from());
        undo.lastly(
                "Store the report",
                ending -> reportsToUndo.store(
                        report(order, request, ending.kind().name(), Optional.of(ending.problem()))));
        Copied copied = journal.step(COPY, () -> copies.copyTo(order, request.repository()));
        boolean atTheEnd = Workflow.getVersion("told", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
        if (told && !atTheEnd) {
            Journal.courtesy(() -> well(order, request));
        }
        journal.tryStep("Sweep what dead attempts left", () -> sweep.sweepLosers(order.in(request.repository())));
        Optional<Document> stored = journal.skippable(
                "Store the report",
                Optional.empty(),
                () -> Optional.of(reports.store(report(order, request, "COPIED", Optional.empty()))));
        if (atTheEnd) {
            journal.tryStep(BackupNews.TELL, () -> well(order, request));
        }
        return new CopyReport(
                run,
                request.backup(),
                policy.from(),
                request.repository(),
                copied.objects(),
                copied.bytes(),
                copied.alreadyThere(),
                Duration.between(started, Journal.now()),
                stored);
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

    private RunReport report(BackupOrder order, CopyRequest request, String outcome, Optional<String> problem) {
        return new RunReport(
                order.run(),
                "CopyBackup",
                order.repository(),
                outcome,
                problem,
                request.operator(),
                started,
                Journal.now(),
                journal.entries(),
                Optional.empty(),
                List.of(),
                List.of(
                        new Copy(order.repository(), true, Copy.State.HERE, ""),
                        new Copy(
                                request.repository(),
                                false,
                                problem.isEmpty() ? Copy.State.HERE : Copy.State.MISSING,
                                problem.orElse(""))),
                Optional.empty(),
                Optional.empty());
    }

    private Patience patience(RunName run, CopyRequest request, Duration giveUpAfter) {
        return new Patience(
                giveUpAfter,
                false,
                trouble -> {
                    told = true;
                    tell(
                            run,
                            News.TROUBLE,
                            trouble,
                            "it is tried again by itself; lifeboat answer %s retry or abort".formatted(run));
                },
                end -> tell(
                        run,
                        News.FAILED,
                        end,
                        "'%s' has no copy in '%s', and nobody tries any more; mend the cause and start %s again; lifeboat copies %s"
                                .formatted(request.backup(), request.repository(), request.right(), request.backup())));
    }

    /** That one copy is missing wakes nobody: the backup is safe where it comes from. */
    private void tell(RunName run, News news, Entry entry, String next) {
        String safe = "the backup stands in its other repositories, and this run changes nothing there";
        notification.announce(new Notice(run, about, news, Severity.P3, entry.title(), entry.note(), safe, next));
    }

    private void well(BackupOrder order, CopyRequest request) {
        notification.announce(new Notice(
                order.run(),
                about,
                News.WELL,
                Severity.P4,
                COPY,
                "'%s' is in '%s'".formatted(request.backup(), request.repository()),
                "'%s' and '%s' have the same bytes".formatted(order.repository(), request.repository()),
                "nothing"));
    }
}
