package dev.lifeboat.workflows.journal;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What must be put back if a runbook stops early, newest first. */
public final class Undo {

    private final Journal journal;
    private final Deque<Step> pending = new ArrayDeque<>();
    private Optional<Last> last = Optional.empty();

    public Undo(Journal journal) {
        this.journal = journal;
    }

    /**
     * Call before the step that may need undoing: a step that timed out may still have happened. {@code work} uses stubs
     * that give up after a quarter of an hour.
     */
    public void add(String title, Runnable work) {
        pending.push(new Step(title, work));
    }

    /** What is done after all has been put back, such as storing a report. Not forgotten by {@link #forget}. */
    public void lastly(String title, Consumer<Ending> work) {
        last = Optional.of(new Last(title, work));
    }

    /** The point of no return: from here on, going back would do more harm than going on. */
    public void forget() {
        pending.clear();
        journal.pointOfNoReturn();
    }

    /** Runs {@code runbook}; if it fails, is aborted or cancelled, puts back what was registered. A bug undoes nothing. */
    public <T> T around(Supplier<T> runbook) {
        try {
            return runbook.get();
        } catch (TemporalFailure e) {
            Ending ending = Ending.of(e);
            run();
            Workflow.newDetachedCancellationScope(() -> last.ifPresent(
                            it -> journal.putBack(it.title(), () -> it.work().accept(ending))))
                    .run();
            throw e;
        }
    }

    /** Puts back to the end even if the runbook was cancelled, is cancelled again, or one of these steps fails. */
    public void run() {
        Workflow.newDetachedCancellationScope(() -> {
                    while (!pending.isEmpty()) {
                        Step step = pending.pop();
                        journal.putBack(step.title(), step.work());
                    }
                })
                .run();
    }

    private record Step(String title, Runnable work) {}

    private record Last(String title, Consumer<Ending> work) {}
}
