package dev.lifeboat.workflows.schedule;

import static dev.lifeboat.workflows.schedule.Rehearsal.ends;
import static dev.lifeboat.workflows.schedule.Rehearsal.reported;
import static dev.lifeboat.workflows.schedule.Rehearsal.stage;
import static dev.lifeboat.workflows.schedule.Rehearsal.start;
import static dev.lifeboat.workflows.schedule.Rehearsal.toldOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.News;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run on a schedule is in trouble or cancelled, or its backup is; remembered (600) and replayed at every task (0). */
class TroubleAndCancelTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void bears_trouble_with_the_configuration_and_goes_on(int cache) {
        world.doors.fails(
                "Schedule.Due", 7, () -> FailureType.CONFIGURATION.because("no database 'orders'", "mend it"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.Made.class);
            assertThat(toldOf(world, "backup/orders").getFirst().news()).isEqualTo(News.TROUBLE);
            ends(stage, run, "recovered", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void gives_up_and_says_so_when_the_configuration_stays_in_trouble(int cache) {
        world.doors.fails("Schedule.Due", () -> FailureType.CONFIGURATION.because("no database 'orders'", "mend it"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(ScheduleReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(toldOf(world, "backup/orders"))
                    .extracting(Notice::news)
                    .containsExactly(News.TROUBLE, News.FAILED);
            ends(stage, run, "failed-at-Schedule.Due", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"Schedule.Due, 600", "Backup.Take, 600", "Backup.Take, 0", "Schedule.Missed, 600"})
    void cancels_what_it_started_when_it_is_cancelled(String call, int cache) {
        world.doors.hangs(call);
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called(call));
            run.cancel();
            assertThatThrownBy(() -> run.getResult(ScheduleReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(stage.status(run)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
            assertThat(world.doors.overlaps).isEmpty();
            if (!call.equals("Schedule.Due")) {
                assertThat(reported(world).outcome()).isEqualTo("CANCELLED");
            }
            if (call.equals("Backup.Take")) {
                assertThat(world.reports).extracting(it -> it.outcome()).containsOnly("CANCELLED");
                assertThat(world.effects).noneMatch(it -> it.startsWith("attempt"));
            }
            ends(stage, run, "cancelled-at-" + call, cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"cancel, 600", "cancel, 0", "abort, 600", "abort, 0"})
    void tells_that_its_point_is_lost_when_a_person_ends_the_run_itself(String how, int cache) {
        if (how.equals("abort")) {
            world.doors.fails("Backup.Take", () -> FailureType.LOGIN_REFUSED.because("no password", "mend it"));
        } else {
            world.doors.hangs("Backup.Take");
        }
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Backup.Take"));
            end(stage, how);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.Failed.class);
            assertThat(toldOf(world, "backup/orders"))
                    .singleElement()
                    .satisfies(it -> assertThat(it.news()).isEqualTo(News.FAILED));
            ends(stage, run, "backup-ended-by-" + how, cache);
        }
    }

    private static void end(Stage stage, String how) {
        WorkflowStub backup = stage.client().newUntypedWorkflowStub("backup/orders");
        if (how.equals("cancel")) {
            backup.cancel();
        } else {
            Stage.until(() -> stage.waiting(backup).isPresent());
            backup.update("answer", String.class, Map.of("kind", "abort", "by", "ann", "reason", "not tonight"));
        }
    }
}
