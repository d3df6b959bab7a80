package dev.lifeboat.workflows.schedule;

import dev.lifeboat.workflows.Right;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.ReportActivities;
import dev.lifeboat.workflows.activity.ScheduleActivities;
import dev.lifeboat.workflows.activity.ScheduleActivities.Due;
import dev.lifeboat.workflows.activity.ScheduleActivities.Ended;
import dev.lifeboat.workflows.activity.ScheduleActivities.Held;
import dev.lifeboat.workflows.activity.ScheduleActivities.Holder;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.activity.ScheduleActivities.Point;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.journal.Patience;
import dev.lifeboat.workflows.journal.Undo;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See {@code docs/runbooks/run-on-schedule.md}: this follows that page. */
public final class RunOnScheduleRunbook implements RunOnSchedule {

    /** How long trouble with the configuration or another run's end is borne. */
    private static final Duration GIVE_UP_AFTER = Duration.ofHours(12);

    private static final Duration OFTEN = Duration.ofMinutes(1);
    private static final Duration SELDOM = Duration.ofMinutes(5);
    private static final int OFTEN_TIMES = 60;

    private static final String RUN = "Run it under its right";
    private static final String WAIT = "Wait for who has the right";
    private static final String TELL = "Tell what was missed";

    private static final String REPORT = "Store the report";

    private final ScheduleActivities schedule = Activities.schedule();
    private final ScheduleActivities waiting = Activities.scheduleToWait();
    private final ReportActivities reports = Activities.report();
    private final ReportActivities reportsToUndo = Activities.reportToUndo();
    private final Journal journal = new Journal();
    private final Undo undo = new Undo(journal);

    @Override
    public ScheduleReport run(@Nullable ScheduleRequest asked) {
        ScheduleRequest request = Right.asked(asked, "--input '{\"right\":\"backup/orders\",\"rhythm\":\"daily\"}'");
        RunName run = Right.demandOnSchedule(request.right(), request.rhythm().value());
        Point point = new Point(request.right(), request.rhythm(), Nominal.ofThisRun());
        LookBack back = LookBack.of(request);
        String runbook = ScheduledRun.runbook(point);
        ScheduleReport report = undo.around(() -> atItsPoint(run, point, runbook, back));
        Workflow.await(Workflow::isEveryHandlerFinished);
        return report;
    }

    private ScheduleReport atItsPoint(RunName run, Point asked, String runbook, LookBack back) {
        ScheduleNews news = new ScheduleNews(run, asked, List.of(asked.rhythm()));
        journal.unattended(new Patience(GIVE_UP_AFTER, false, news::trouble, news::givenUp));
        Due due = journal.step("See what is due", () -> schedule.due(asked));
        if (due.searchAttributes()) {
            Workflow.upsertTypedSearchAttributes(
                    RunAttributes.TARGET.valueSet(asked.target()), RunAttributes.RUN.valueSet(run.value()));
            journal.showWaiting();
        }
        Point point = new Point(asked.right(), asked.rhythm(), due.nominal());
        ScheduleRecord record = new ScheduleRecord(run, point, due);
        undo.lastly(REPORT, ending -> reportsToUndo.store(record.stopped(ending, journal.entries())));
        Outcome outcome = outcome(point, due, runbook);
        Optional<Missed> looked =
                outcome instanceof Outcome.NotDue ? Optional.of(LookBack.NOTHING) : missedBefore(point, back);
        tellAll(new ScheduleNews(run, point, due.tiers()), due, outcome, looked);
        if (record.isNeeded(outcome, looked)) {
            journal.tryStep(REPORT, () -> reports.store(record.of(outcome, looked, journal.entries())));
        }
        return new ScheduleReport(
                run,
                point.right(),
                due.nominal(),
                due.tiers(),
                outcome,
                looked.orElse(LookBack.NOTHING),
                due.note(),
                back.after(due.nominal(), outcome, looked));
    }

    private Outcome outcome(Point point, Due due, String runbook) {
        if (due.repeated()) {
            return new Outcome.NotDue();
        }
        if (due.alreadyMade().isPresent()) {
            return new Outcome.AlreadyMade(due.alreadyMade().get());
        }
        ScheduledRun run = new ScheduledRun(point, due);
        for (int tries = 0; true; tries++) {
            Optional<Outcome> outcome = journal.step(RUN, run::toItsEnd);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            Instant now = Journal.now();
            Optional<Outcome> instead = journal.step(WAIT, () -> whoeverHasIt(point, runbook, due, now));
            if (instead.isPresent()) {
                return instead.get();
            }
            Workflow.sleep(tries < OFTEN_TIMES ? OFTEN : SELDOM);
        }
    }

    /** What came of it through the run that has the right; empty if it has to be tried again. */
    private Optional<Outcome> whoeverHasIt(Point point, String runbook, Due due, Instant now) {
        Held held = schedule.holder(point.right());
        if (held.by().isEmpty()) {
            return Optional.empty();
        }
        Holder holder = held.by().get();
        if (RightIsTaken.bySomebodyWhoDoesIt(holder, runbook, due)) {
            Ended ended = waiting.awaitEnd(point.right(), holder.runId());
            return ended.well() ? Optional.of(new Outcome.Joined(holder.name())) : Optional.empty();
        }
        return now.isBefore(due.until())
                ? Optional.empty()
                : Optional.of(new Outcome.Missed("the right '%s' was taken until %s, by %s of %s"
                        .formatted(point.right(), now, holder.name(), holder.operator())));
    }

    /** Empty if it could not be looked. */
    private Optional<Missed> missedBefore(Point point, LookBack back) {
        if (back.from().isEmpty()) {
            return Optional.of(LookBack.NOTHING);
        }
        Instant from = back.from().get();
        List<Missed> found = new ArrayList<>();
        journal.tryStep("Look for points that were missed", () -> found.add(schedule.missed(point, from)));
        return found.stream().findFirst();
    }

    private void tellAll(ScheduleNews news, Due due, Outcome outcome, Optional<Missed> looked) {
        tell(news, outcome, looked.orElse(LookBack.NOTHING));
        // Where no run was begun here, none says that it is well again.
        due.alreadyMade()
                .filter(it -> due.alreadyWell() && !due.repeated())
                .ifPresent(it -> journal.tryStep(TELL, () -> news.alreadyMade(TELL, it)));
        if (looked.isEmpty()) {
            journal.tryStep(TELL, () -> news.notLooked(TELL));
        }
    }

    private void tell(ScheduleNews news, Outcome outcome, Missed missed) {
        switch (outcome) {
            case Outcome.Missed(String why) ->
                journal.tryStep(TELL, () -> news.bad(WAIT, "nothing was made for", why, missed));
            case Outcome.Failed(String why, boolean told) -> {
                if (!told || missed.count() > 0) {
                    journal.tryStep(TELL, () -> news.bad(RUN, "it did not end well for", why, missed));
                }
            }
            case Outcome.NotDue notDue -> {}
            case Outcome.Made made -> tellOfEarlier(news, missed);
            case Outcome.Joined joined -> tellOfEarlier(news, missed);
            case Outcome.AlreadyMade made -> tellOfEarlier(news, missed);
        }
    }

    private void tellOfEarlier(ScheduleNews news, Missed missed) {
        if (missed.count() > 0) {
            journal.tryStep(TELL, () -> news.missedBefore(TELL, missed));
        }
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
}
