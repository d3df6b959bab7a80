package dev.lifeboat.workflows.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.BugInOurCode;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.journal.Approval.Outcome;
import dev.lifeboat.workflows.journal.Approval.Ruling;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journal, undo and approval in a runbook that people attend: every ending, with and without a worker's memory. */
class KitTest {

    private final RestoringWorld world = new RestoringWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void six_votes_at_once_are_all_answered(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = asked(stage);
            world.doors.hangs("Restoring.Judge");
            List<WorkflowUpdateHandle<Ruling>> votes = new ArrayList<>();
            for (String by : List.of("ann", "bob", "cleo", "dan", "eve", "fay")) {
                votes.add(run.startUpdate(
                        UpdateOptions.newBuilder(Ruling.class)
                                .setUpdateName("decide")
                                .setUpdateId(by)
                                .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                                .build(),
                        vote(by, "loss")));
            }
            world.doors.goesOn("Restoring.Judge");

            assertThat(run.getResult(Outcome.class)).isEqualTo(Outcome.APPROVED);
            assertThat(votes.stream().map(WorkflowUpdateHandle::getResult).filter(Ruling::counts))
                    .hasSize(2);
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void two_approve_one_by_signal_with_noise_in_between(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = asked(stage);
            run.signal("decide", "yes please");
            run.signal("decide", vote("ann", "loss"));
            assertThat(decide(run, vote("ann", "loss")).why()).isEqualTo("voted already");
            assertThat(decide(run, Map.of("by", "bob", "signature", "x")).why()).isEqualTo("forged");
            assertThatThrownBy(() -> decide(run, "yes")).isInstanceOf(WorkflowUpdateException.class);
            assertThatThrownBy(() -> decide(run, Map.of("x", "y".repeat(20_000))))
                    .isInstanceOf(WorkflowUpdateException.class);
            run.signal("decide", Map.of("x", "y".repeat(60_000)));
            assertThat(decide(run, vote("bob", "loss")).counts()).isTrue();

            assertThat(run.getResult(Outcome.class)).isEqualTo(Outcome.APPROVED);
            assertThat(world.done()).containsExactly("Restore", "Fence", "SwitchOver");
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void no_answer_means_no(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start("Restoring", "change/orders");

            assertThat(run.getResult(Outcome.class)).isEqualTo(Outcome.EXPIRED);
            assertThat(world.done()).containsExactly("Restore", "DeleteCopy");
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_loss_that_grew_is_asked_again_and_old_votes_are_gone(int cache) {
        world.lossGrows = true;
        try (Stage stage = stage(cache)) {
            WorkflowStub run = asked(stage);
            decide(run, vote("ann", "loss"));
            decide(run, vote("bob", "loss"));
            Stage.until(() ->
                    world.doors.log.stream().filter("Restoring.Preview"::equals).count() == 2);

            Stage.until(() -> isAsked(run));
            assertThat(decide(run, vote("ann", "loss")).why()).isEqualTo("for another plan");
            assertThat(decide(run, vote("ann", "more")).counts()).isTrue();
            assertThat(decide(run, vote("bob", "more")).counts()).isTrue();
            assertThat(run.getResult(Outcome.class)).isEqualTo(Outcome.APPROVED);
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_fence_that_fails_cannot_be_skipped_and_is_tried_again(int cache) {
        world.doors.fails("Restoring.Fence", KitTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = approved(stage);
            Stage.until(() -> !world.told.isEmpty());
            assertThatThrownBy(() -> answer(run, Answer.Kind.SKIP))
                    .isInstanceOf(WorkflowUpdateException.class)
                    .rootCause()
                    .hasMessageContaining("'Fence the original' cannot be skipped: retry or abort");
            world.doors.mended("Restoring.Fence");
            answer(run, Answer.Kind.RETRY);

            assertThat(run.getResult(Outcome.class)).isEqualTo(Outcome.APPROVED);
            assertThatThrownBy(() -> answer(run, Answer.Kind.RETRY)).isInstanceOf(RuntimeException.class);
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_check_that_fails_may_be_skipped_and_people_may_still_decline(int cache) {
        world.doors.fails("Restoring.Check", KitTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start("Restoring", "change/orders");
            Stage.until(() -> !world.told.isEmpty());
            assertThat(answer(run, Answer.Kind.SKIP)).isEqualTo("going on without 'Check the copy'");
            Stage.until(() -> isAsked(run));
            decide(run, Map.of("by", "ann", "digest", "loss", "decision", "decline", "signature", "signed by ann"));

            assertThat(run.getResult(Outcome.class)).isEqualTo(Outcome.DECLINED);
            assertThat(world.done()).containsExactly("Restore", "DeleteCopy");
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_fence_that_fails_may_be_given_up_and_all_is_put_back(int cache) {
        world.doors.fails("Restoring.Fence", KitTest::weather);
        world.doors.fails("Restoring.Unfence", KitTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = approved(stage);
            Stage.until(() -> !world.told.isEmpty());
            answer(run, Answer.Kind.ABORT);

            assertThatThrownBy(() -> run.getResult(Outcome.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("ABORTED"));
            assertThat(world.done()).containsExactly("Restore", "Fence", "Unfence", "DeleteCopy");
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void cancelled_while_it_waits_for_approval_it_puts_all_back(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = asked(stage);
            run.cancel();

            assertThatThrownBy(() -> run.getResult(Outcome.class)).hasCauseInstanceOf(CanceledFailure.class);
            assertThat(world.done()).containsExactly("Restore", "DeleteCopy");
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void cancelled_while_it_waits_for_an_answer_it_puts_all_back(int cache) {
        world.doors.fails("Restoring.Fence", KitTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = approved(stage);
            Stage.until(() -> !world.told.isEmpty());
            run.cancel();

            assertThatThrownBy(() -> run.getResult(Outcome.class)).hasCauseInstanceOf(CanceledFailure.class);
            assertThat(world.done()).containsExactly("Restore", "Fence", "Unfence", "DeleteCopy");
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_bug_in_our_code_undoes_nothing(int cache) {
        BugInOurCode bug = new BugInOurCode("Restoring.Preview");
        try (Stage stage = stage(cache, bug)) {
            WorkflowStub run = stage.start("Restoring", "change/orders");
            Stage.until(() -> stage.failedTasks(run) > 0);

            assertThat(world.doors.log).containsExactly("Restoring.Restore", "Restoring.Check");
            assertThat(stage.status(run)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void tries_again_by_itself_and_tells_once(int cache) {
        world.doors.fails("Restoring.Restore", 3, KitTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start("Restoring", "change/orders");

            assertThat(run.getResult(Outcome.class)).isEqualTo(Outcome.EXPIRED);
            assertThat(world.told).hasSize(1);
            assertThat(world.told.getFirst().status()).isEqualTo(Entry.Status.WAITING);
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void past_the_point_of_no_return_only_a_person_tries_again(int cache) {
        world.doors.fails("Restoring.SwitchOver", KitTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = approved(stage);
            Stage.until(() -> !world.told.isEmpty());
            stage.hoursPass(12);

            assertThat(world.done()).containsExactly("Restore", "Fence", "SwitchOver");
            answer(run, Answer.Kind.RETRY);
            Stage.until(() -> world.told.size() == 2);
            answer(run, Answer.Kind.ABORT);
            assertThatThrownBy(() -> run.getResult(Outcome.class)).isInstanceOf(WorkflowFailedException.class);
            assertThat(world.done()).containsExactly("Restore", "Fence", "SwitchOver", "SwitchOver");
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_ballot_that_nobody_could_judge_may_be_sent_again(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = asked(stage);
            world.doors.fails("Restoring.Judge", 1, KitTest::weather);
            assertThat(decide(run, vote("ann", "loss")).why()).isEqualTo("could not be judged: no route to host");
            decide(run, vote("ann", "loss"));
            decide(run, vote("bob", "loss"));

            assertThat(run.getResult(Outcome.class)).isEqualTo(Outcome.APPROVED);
            stage.replay(run, Restoring.Runbook.class);
        }
    }

    private Stage stage(int cache, WorkerInterceptor... more) {
        return new Stage(cache, List.of(Restoring.Runbook.class), world.cast(), more);
    }

    /** A run that waits for approval. */
    private static WorkflowStub asked(Stage stage) {
        WorkflowStub run = stage.start("Restoring", "change/orders");
        Stage.until(() -> isAsked(run));
        return run;
    }

    private static WorkflowStub approved(Stage stage) {
        WorkflowStub run = asked(stage);
        decide(run, vote("ann", "loss"));
        decide(run, vote("bob", "loss"));
        return run;
    }

    /** Noise is only judged, and so refused with a reason, while a question is open. */
    private static boolean isAsked(WorkflowStub run) {
        try {
            decide(run, Map.of());
            return true;
        } catch (WorkflowUpdateException notYet) {
            return false;
        }
    }

    private static Map<String, String> vote(String by, String digest) {
        return Map.of("by", by, "digest", digest, "decision", "approve", "signature", "signed by " + by);
    }

    private static Ruling decide(WorkflowStub run, Object ballot) {
        return run.update("decide", Ruling.class, ballot);
    }

    private static String answer(WorkflowStub run, Answer.Kind kind) {
        return run.update("answer", String.class, new Answer(kind, "ann", "because"));
    }

    private static RuntimeException weather() {
        return new IllegalStateException("no route to host");
    }
}
