package dev.lifeboat.workflows.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.workflows.Queue;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** A restore in miniature: what the kit has to carry, and nothing else. */
@WorkflowInterface
public interface Restoring {

    @WorkflowMethod(name = "Restoring")
    Approval.Outcome run();

    @SignalMethod(name = "decide")
    void decideBySignal(JsonNode ballot);

    @UpdateMethod(name = "decide")
    Approval.Ruling decide(JsonNode ballot);

    @UpdateValidatorMethod(updateName = "decide")
    void mayDecide(JsonNode ballot);

    @UpdateMethod(name = "answer")
    String answer(Answer answer);

    @UpdateValidatorMethod(updateName = "answer")
    void mayAnswer(Answer answer);

    /** What it asks of the world. */
    @ActivityInterface(namePrefix = "Restoring.")
    interface World {
        void restore();

        String check();

        void fence();

        void unfence();

        /** The digest of what would be lost now. */
        String preview();

        void switchOver();

        void deleteCopy();

        Approval.Ruling judge(Approval.Ballot ballot);

        void tell(Entry entry);
    }

    /** The runbook itself. */
    final class Runbook implements Restoring {

        private final World world = Workflow.newActivityStub(
                World.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(Queue.CONTROL.taskQueue())
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());
        private final Journal journal = new Journal();
        private final Undo undo = new Undo(journal);
        private final Approval approval = new Approval(world::judge);

        @Override
        public Approval.Outcome run() {
            journal.attended(new Attendance(Duration.ofMinutes(10), world::tell));
            journal.showWaiting();
            Approval.Outcome outcome = undo.around(this::restoreAndSwitch);
            Workflow.await(Workflow::isEveryHandlerFinished);
            return outcome;
        }

        private Approval.Outcome restoreAndSwitch() {
            undo.add("Delete the copy", world::deleteCopy);
            journal.step("Restore beside the original", world::restore);
            journal.skippable("Check the copy", "unchecked", world::check);
            String approved = journal.step("Preview the loss", world::preview);
            Approval.Outcome outcome = ask(approved);
            if (outcome != Approval.Outcome.APPROVED) {
                undo.run();
                return outcome;
            }
            undo.add("Let writers in again", world::unfence);
            journal.step("Fence the original", world::fence);
            String now = journal.step("Preview the loss", world::preview);
            if (!now.equals(approved) && ask(now) != Approval.Outcome.APPROVED) {
                undo.run();
                return Approval.Outcome.DECLINED;
            }
            undo.forget();
            journal.step("Switch", world::switchOver);
            return Approval.Outcome.APPROVED;
        }

        private Approval.Outcome ask(String digest) {
            return journal.step(
                    "Wait for approval",
                    () -> approval.ask(
                            new Approval.Question(digest, 2, Journal.now().plus(Duration.ofHours(4)))));
        }

        @Override
        public void decideBySignal(JsonNode ballot) {
            approval.hear(ballot);
        }

        @Override
        public Approval.Ruling decide(JsonNode ballot) {
            return approval.answer(ballot);
        }

        @Override
        public void mayDecide(JsonNode ballot) {
            approval.validate(ballot);
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
}
