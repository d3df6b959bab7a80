package dev.lifeboat.workflows.verify;

import dev.lifeboat.workflows.Right;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.ReportActivities;
import dev.lifeboat.workflows.activity.SurveyActivities;
import dev.lifeboat.workflows.activity.SurveyActivities.SurveyOrder;
import dev.lifeboat.workflows.activity.VerificationActivities;
import dev.lifeboat.workflows.activity.VerificationActivities.VerificationPolicy;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.journal.Patience;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.journal.Undo;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** See {@code docs/runbooks/verify-backups.md}: this follows that page. */
public final class VerifyBackupsRunbook implements VerifyBackups {

    /** How long trouble is borne before the policy has said so. */
    private static final Duration BEFORE_THE_POLICY = Duration.ofHours(12);

    private static final String WAIT = "Wait for a backup that is being made";

    private final VerificationActivities control = Activities.verification();
    private final VerificationActivities waiting = Activities.waiting();
    private final SurveyActivities survey = Activities.survey();
    private final SurveyActivities reading = Activities.surveyReading();
    private final ReportActivities reports = Activities.report();
    private final ReportActivities reportsToUndo = Activities.reportToUndo();
    private final NotificationActivities notification = Activities.notification();

    private final Journal journal = new Journal();
    private final Undo undo = new Undo(journal);
    private final Evidence evidence = new Evidence();
    private final Instant started = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());

    @Override
    public VerifyReport run(@Nullable VerifyRequest asked) {
        VerifyRequest request = Right.asked(asked, "--input '\"orders\"'");
        RunName run = Right.demand("verify", request.database());
        VerifyReport report = undo.around(() -> verify(run, request));
        Workflow.await(Workflow::isEveryHandlerFinished);
        return report;
    }

    private VerifyReport verify(RunName run, VerifyRequest request) {
        Words words = new Words(run, request.database(), evidence);
        journal.unattended(patience(words, BEFORE_THE_POLICY));
        VerificationPolicy policy = journal.step("Load the policy", () -> control.load(request.database()));
        journal.unattended(patience(words, policy.giveUpAfter()));
        if (policy.searchAttributes()) {
            Workflow.upsertTypedSearchAttributes(
                    RunAttributes.TARGET.valueSet(request.database()), RunAttributes.RUN.valueSet(run.value()));
            journal.showWaiting();
        }
        VerifyRecord record = new VerifyRecord(run, request, policy, started, evidence);
        undo.lastly("Store the report", ending -> reportsToUndo.store(record.stopped(ending, journal.entries())));

        look(
                WAIT,
                ignored -> evidence.waited(
                        waiting.awaitBackup(request.database(), Journal.now().plus(policy.waitAtMost()))));
        SurveyOrder home = new SurveyOrder(
                run,
                request.database(),
                policy.repository(),
                evidence.waitedFor().backup());
        List<String> all = all(policy);
        look("Check the newest backup of each kind", ignored -> evidence.newest(survey.newest(home)));
        look("Check the signatures", ignored -> evidence.looked(survey.signatures(home)));
        look("Compare inventory and listing", all, it -> evidence.looked(survey.holdings(home.in(it))));
        look(
                "Check the copies",
                all.subList(1, all.size()),
                it -> evidence.looked(survey.copy(home, it, policy.required().contains(it))));
        if (evidence.isBad()) {
            // Reading takes hours, and nobody should sleep through them.
            journal.tryStep("Tell what is bad so far", () -> notification.announce(words.badSoFar()));
        }
        look("Read back a share of what is stored", all, it -> evidence.read(it, reading.readShare(home.in(it))));

        // The three at home, and two or three in each further repository.
        Verdict verdict = evidence.verdict(2 + 2 * all.size() + (all.size() - 1));
        Optional<Document> stored = journal.skippable("Store the report", Optional.empty(), () -> {
            control.record(policy.repository(), evidence.outcome(run, request.database(), started, verdict));
            return Optional.of(reports.store(record.good(verdict, journal.entries())));
        });
        journal.tryStep("Tell the verdict", () -> notification.announce(words.verdict(verdict)));
        return record.report(verdict, stored);
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

    private static List<String> all(VerificationPolicy policy) {
        List<String> all = new ArrayList<>(List.of(policy.repository()));
        all.addAll(policy.required());
        all.addAll(policy.optional());
        return all;
    }

    private void look(String title, Consumer<String> work) {
        look(title, List.of(""), work);
    }

    /** Looks in each of those places; where nobody can look, that is what was found, and the run goes on. */
    private void look(String title, List<String> places, Consumer<String> work) {
        if (places.isEmpty()) {
            return;
        }
        journal.tryStep(title, () -> {
            Optional<ActivityFailure> trouble = Optional.empty();
            for (String place : places) {
                try {
                    work.accept(place);
                } catch (ActivityFailure e) {
                    if (Trouble.isCancel(e)) {
                        throw e;
                    }
                    evidence.unknown(title, Words.whyNot(e));
                    trouble = Optional.of(e);
                }
            }
            trouble.ifPresent(e -> {
                throw e;
            });
        });
    }

    private Patience patience(Words words, Duration giveUpAfter) {
        return new Patience(
                giveUpAfter,
                false,
                trouble -> notification.announce(words.trouble(trouble)),
                end -> notification.announce(words.givenUp(end)));
    }
}
