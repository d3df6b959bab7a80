package dev.lifeboat.workflows.incident;

import static dev.lifeboat.workflows.incident.Rehearsal.ABOUT;
import static dev.lifeboat.workflows.incident.Rehearsal.ends;
import static dev.lifeboat.workflows.incident.Rehearsal.say;
import static dev.lifeboat.workflows.incident.Rehearsal.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.model.News;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An incident while somebody cannot be reached, or is just being told; remembered (600) and replayed at every task (0). */
class DeliveryTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void keeps_trying_while_nobody_can_be_reached(int cache) {
        world.unreachable.addAll(List.of("pager", "chat"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            stage.hoursPass(3);
            int tries = world.tellings.size();
            assertThat(tries).isBetween(6, 10);
            assertThat(stage.waiting(run)).contains("delivery");
            assertThat(world.tellings.stream().map(Telling::id).distinct()).hasSize(1);
            assertThat(world.tellings.getFirst().again()).isFalse();
            assertThat(world.tellings.getLast().again()).isTrue();
            world.unreachable.clear();
            stage.hoursPass(2);
            assertThat(stage.waiting(run)).isEmpty();
            say(stage, News.WELL, 1);
            run.getResult(IncidentReport.class);

            assertThat(world.heard)
                    .containsExactly("pager: P2 BEGAN", "chat: P2 BEGAN", "pager: P2 OVER", "chat: P2 OVER");
            ends(stage, run, "nobody-reached-at-first", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void what_is_over_before_anybody_could_be_told_is_told_late(int cache) {
        world.unreachable.addAll(List.of("pager", "chat"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            Stage.until(() -> world.tellings.size() == 1);
            say(stage, News.WELL, 1);
            stage.hoursPass(1);
            assertThat(world.heard).isEmpty();
            world.unreachable.clear();
            run.getResult(IncidentReport.class);

            assertThat(world.heard).containsExactlyInAnyOrder("pager: P2 OVER", "chat: P2 OVER");
            ends(stage, run, "over-before-told", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void owes_it_to_each_channel_that_was_told_to_say_that_it_is_over(int cache) {
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            Stage.until(() -> world.heard.size() == 2);
            Stage.until(() -> stage.waiting(run).isEmpty());
            world.unreachable.add("pager");
            say(stage, News.WELL, 1);
            stage.hoursPass(1);
            assertThat(world.heard).containsOnlyOnce("chat: P2 OVER").doesNotContain("pager: P2 OVER");
            assertThat(stage.waiting(run)).contains("delivery");
            world.unreachable.clear();
            run.getResult(IncidentReport.class);

            assertThat(world.heard).containsOnlyOnce("chat: P2 OVER", "pager: P2 OVER");
            ends(stage, run, "over-told-late", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void trouble_that_comes_back_while_the_end_is_told_goes_on_in_the_same_incident(int cache) {
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            Stage.until(() -> world.heard.size() == 2);
            world.unreachable.add("pager");
            say(stage, News.WELL, 1);
            Stage.until(() -> world.heard.contains("chat: P2 OVER"));
            world.unreachable.clear();
            say(stage, News.TROUBLE, 2);
            Stage.until(() -> world.heard.size() == 5);
            say(stage, News.WELL, 2);
            run.getResult(IncidentReport.class);

            assertThat(world.heard)
                    .filteredOn(it -> it.startsWith("pager"))
                    .containsExactly("pager: P2 BEGAN", "pager: P2 BEGAN", "pager: P2 OVER");
            ends(stage, run, "came-back", cache);
        }
    }

    @Test
    void one_that_is_cancelled_while_it_tells_ends_when_that_is_done() {
        try (Stage stage = stage(world, 600)) {
            WorkflowStub open = stage.client().newUntypedWorkflowStub("incident/" + ABOUT);
            world.doors.watch(call -> {}, told -> {
                open.cancel();
                // The server of these tests loses a run that is cancelled at the moment in which an activity ends.
                Stage.until(() -> hasHeardOfIt(stage, open));
            });
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            assertThatThrownBy(() -> run.getResult(IncidentReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.heard).hasSize(2);
            ends(stage, run, "cancelled-while-telling", 600);
        }
    }

    private static boolean hasHeardOfIt(Stage stage, WorkflowStub run) {
        return stage.history(run).getEvents().stream()
                .map(HistoryEvent::getEventType)
                .dropWhile(it -> it != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED)
                .anyMatch(it -> it == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    }

    @Test
    void a_failing_delivery_is_tried_again_and_a_strange_signal_ignored() {
        world.doors.fails("Delivery.Deliver", 7, () -> new IllegalStateException("a bug in a channel"));
        try (Stage stage = stage(world, 0)) {
            WorkflowStub run = say(stage, News.TROUBLE, 1);
            run.signal("hear", "nonsense");
            run.signal("hear", new Object[] {null});
            run.signal("hear", Map.of("about", ABOUT, "news", "FAILED"));
            run.signal(
                    "hear",
                    Map.of("about", "backup/people", "news", "WELL", "run", "backup-people-20261121T031500Z-k3x9"));
            stage.hoursPass(1);
            assertThat(world.heard).hasSize(2);
            say(stage, News.WELL, 1);
            run.getResult(IncidentReport.class);

            assertThat(world.heard).hasSize(4);
        }
    }
}
