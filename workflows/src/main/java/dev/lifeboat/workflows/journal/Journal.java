package dev.lifeboat.workflows.journal;

import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLocal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Runs the steps of a runbook in order, remembers how each one ended, and bears the trouble of one that failed: it tries
 * again, visibly, and hears what an operator says.
 */
public final class Journal {

    /** The title of the step that runs now; empty between steps. */
    public static final WorkflowLocal<String> CURRENT = WorkflowLocal.withCachedInitial(() -> "");

    private static final Logger log = Workflow.getLogger(Journal.class);

    private final List<Entry> entries = new ArrayList<>();
    private Optional<Bearing> bearing = Optional.empty();
    private Optional<Stuck> waiting = Optional.empty();
    private boolean searchAttributes;
    private boolean pastReturn;

    /** From here on a failed step waits for an operator instead of ending the run. */
    public void attended(Attendance attendance) {
        bearing = Optional.of(attendance);
    }

    /** From here on a failed step is tried again with growing pauses before it ends the run. */
    public void unattended(Patience patience) {
        bearing = Optional.of(patience);
    }

    /** From here on a step that waits shows in Temporal's lists of runs; only where the namespace has the attribute. */
    public void showWaiting() {
        searchAttributes = true;
    }

    /** From here on an attended journal repeats nothing by itself. */
    public void pointOfNoReturn() {
        pastReturn = true;
    }

    /** A step the runbook cannot do without: an operator may say retry or abort, never skip. */
    public <T> T step(String title, Supplier<T> work) {
        return run(title, work, Optional.empty());
    }

    /** As {@link #step(String, Supplier)}, for work that has no result. */
    public void step(String title, Runnable work) {
        run(title, returning(title, work), Optional.empty());
    }

    /** A step that an operator may skip, with a reason; the runbook then goes on with {@code instead}. */
    public <T> T skippable(String title, T instead, Supplier<T> work) {
        return run(title, work, Optional.of(instead));
    }

    /** A courtesy: its failure is recorded, and the runbook goes on. Cancelling still cancels. */
    public void tryStep(String title, Runnable work) {
        try {
            once(begin(title), returning(title, work));
        } catch (ActivityFailure e) {
            if (Trouble.isCancel(e)) {
                throw e;
            }
        }
    }

    /** Why {@code answer} cannot be taken now; empty if it can. For the validator of the update. */
    public Optional<String> objection(@Nullable Answer answer) {
        if (answer == null) {
            return Optional.of(Answer.EXAMPLE);
        }
        if (waiting.isEmpty()) {
            return Optional.of("no step is waiting for an answer");
        }
        if (waiting.get().answered()) {
            return Optional.of(
                    "'%s' has its answer already".formatted(waiting.get().title()));
        }
        return answer.kind() == Answer.Kind.SKIP && !waiting.get().skippable()
                ? Optional.of("'%s' cannot be skipped: retry or abort"
                        .formatted(waiting.get().title()))
                : Optional.empty();
    }

    /** Takes the answer, if a step still waits for one, and returns what comes of it, in words. Never throws. */
    public String hear(Answer answer) {
        Optional<String> objection = objection(answer);
        if (objection.isPresent()) {
            return objection.get();
        }
        Stuck stuck = waiting.orElseThrow();
        stuck.hear(answer);
        return switch (answer.kind()) {
            case RETRY -> "trying '%s' again".formatted(stuck.title());
            case SKIP -> "going on without '%s'".formatted(stuck.title());
            case ABORT -> "ending the run at '%s'".formatted(stuck.title());
        };
    }

    /** The steps so far, oldest first. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The time of this run, as replay sees it too. */
    public static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    /** Puts something back: its failure is recorded and nobody is asked, so that all else is put back as well. */
    void putBack(String title, Runnable work) {
        try {
            once(begin(title), returning(title, work));
        } catch (TemporalFailure e) {
            log.warn("could not be put back: {}", title);
        }
    }

    private <T> T run(String title, Supplier<T> work, Optional<T> instead) {
        int position = begin(title);
        Stuck stuck = new Stuck(title, position, instead.isPresent(), pastReturn);
        while (true) {
            try {
                return once(position, work);
            } catch (ActivityFailure | ChildWorkflowFailure | ApplicationFailure e) {
                Optional<Answer> answer = bear(stuck, e);
                if (answer.isPresent() && answer.get().kind() == Answer.Kind.SKIP) {
                    note(position, Entry.Status.SKIPPED, answer.get().inWords());
                    return instead.orElseThrow();
                }
                if (answer.isPresent() && answer.get().kind() == Answer.Kind.ABORT) {
                    throw abort(position, answer.get(), e);
                }
            }
        }
    }

    private <T> T once(int position, Supplier<T> work) {
        note(position, Entry.Status.RUNNING, "");
        CURRENT.set(entries.get(position).title());
        try {
            T result = work.get();
            note(position, Entry.Status.DONE, "");
            return result;
        } catch (TemporalFailure e) { // never RuntimeException: a bug of ours is not an outcome
            note(position, Entry.Status.FAILED, Trouble.problem(e));
            throw e;
        }
    }

    /** Returns when the step is to be tried again, or with a person's answer; throws {@code failure} if it is the end. */
    private Optional<Answer> bear(Stuck stuck, TemporalFailure failure) {
        if (bearing.isEmpty() || Trouble.isCancel(failure) || Trouble.isSuperseded(failure)) {
            throw failure;
        }
        if (stuck.mayRepeatAtOnce(failure)) {
            return Optional.empty();
        }
        stuck.trouble(failure, now());
        Bearing.Next next = bearing.get().next(stuck);
        switch (next) {
            case Bearing.Next.End end -> throw failure;
            case Bearing.Next.GiveUp giveUp -> {
                tell(bearing.get().onEnd(), entries.get(stuck.position()));
                throw failure;
            }
            case Bearing.Next.TryAgainAfter again -> {
                return listen(stuck, failure, () -> Workflow.await(again.pause(), stuck::answered));
            }
            case Bearing.Next.WaitForAPerson person -> {
                return listen(stuck, failure, () -> Workflow.await(stuck::answered));
            }
        }
    }

    private Optional<Answer> listen(Stuck stuck, TemporalFailure failure, Runnable wait) {
        note(stuck.position(), Entry.Status.WAITING, Trouble.problem(failure));
        beginWaiting(stuck);
        try {
            if (stuck.tellNow()) {
                tell(bearing.orElseThrow().onTrouble(), entries.get(stuck.position()));
            }
            wait.run();
        } catch (ActivityFailure | CanceledFailure e) {
            note(stuck.position(), Entry.Status.FAILED, "cancelled while it waited: " + Trouble.problem(failure));
            endWaiting();
            throw e;
        }
        endWaiting();
        return stuck.takeAnswer();
    }

    private void beginWaiting(Stuck stuck) {
        waiting = Optional.of(stuck);
        if (searchAttributes) {
            Workflow.upsertTypedSearchAttributes(RunAttributes.WAITING.valueSet("operator"));
        }
    }

    private void endWaiting() {
        waiting = Optional.empty();
        if (searchAttributes) {
            Workflow.upsertTypedSearchAttributes(RunAttributes.WAITING.valueUnset());
        }
    }

    private static void tell(Consumer<Entry> people, Entry entry) {
        courtesy(() -> people.accept(entry));
    }

    /** Telling people is a courtesy: it may fail, and only a cancel of the run comes through. */
    public static void courtesy(Runnable telling) {
        CURRENT.set("");
        try {
            telling.run();
        } catch (ActivityFailure e) {
            if (Trouble.isCancel(e)) {
                throw e;
            }
            log.warn("nobody could be told", e);
        }
    }

    private ApplicationFailure abort(int position, Answer answer, TemporalFailure trouble) {
        note(position, Entry.Status.FAILED, "aborted by " + answer.inWords());
        return ApplicationFailure.newNonRetryableFailureWithCause(
                "aborted by " + answer.inWords(), FailureType.ABORTED.name(), trouble);
    }

    private int begin(String title) {
        entries.add(new Entry(title, Entry.Status.RUNNING, now(), ""));
        return entries.size() - 1;
    }

    private void note(int position, Entry.Status status, String note) {
        Entry entry = new Entry(entries.get(position).title(), status, now(), note);
        entries.set(position, entry);
        log.info("{} {} {}", entry.title(), status, note);
        Workflow.setCurrentDetails(Details.of(entries));
    }

    private static Supplier<String> returning(String title, Runnable work) {
        return () -> {
            work.run();
            return title;
        };
    }
}
