package dev.lifeboat.workflows.schedule;

import static dev.lifeboat.workflows.schedule.Rehearsal.APPLIED;
import static dev.lifeboat.workflows.schedule.Rehearsal.ends;
import static dev.lifeboat.workflows.schedule.Rehearsal.holder;
import static dev.lifeboat.workflows.schedule.Rehearsal.reported;
import static dev.lifeboat.workflows.schedule.Rehearsal.stage;
import static dev.lifeboat.workflows.schedule.Rehearsal.start;
import static dev.lifeboat.workflows.schedule.Rehearsal.toldOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ScheduleActivities.Ended;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Severity;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A point is due while another run has the right of its database; remembered (600) and replayed at every task (0). */
class RightIsTakenTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @CsvSource({
        "weekly, , 600",
        "weekly, , 0", // by hand, for the same tag
        "daily, 2026-11-22T02:00:00Z, 600" // the schedule of another rhythm, for the same point
    })
    void waits_for_a_run_that_does_the_same(String tag, Instant nominal, int cache) {
        world.doors.hangs("Backup.Take");
        world.doors.hangs("Schedule.AwaitEnd");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub other = stage.start("BackUpDatabase", "backup/orders", "orders");
            Stage.until(() -> world.doors.called("Backup.Take"));
            world.holder = Optional.of(holder(tag, nominal));
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Schedule.AwaitEnd"));
            world.doors.goesOn("Backup.Take");
            other.getResult(Object.class);
            world.doors.goesOn("Schedule.AwaitEnd");

            assertThat(run.getResult(ScheduleReport.class).outcome())
                    .isEqualTo(new Outcome.Joined("backup-orders-20261122T015900Z-k3x9"));
            assertThat(world.effects)
                    .filteredOn(it -> it.startsWith("manifest"))
                    .hasSize(1);
            assertThat(reported(world).outcome()).isEqualTo("JOINED");
            assertThat(reported(world).warnings()).contains("it has backup-orders-20261122T015900Z-k3x9");
            ends(stage, run, "joined", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void makes_its_own_when_the_one_it_waited_for_ended_badly(int cache) {
        world.doors.hangs("Backup.Take");
        world.ended = new Ended(false, "cancelled");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub other = stage.start("BackUpDatabase", "backup/orders", "orders");
            Stage.until(() -> world.doors.called("Backup.Take"));
            world.doors.hangs("Schedule.AwaitEnd");
            world.holder = Optional.of(holder("weekly", null));
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Schedule.AwaitEnd"));
            other.cancel();
            assertThatThrownBy(() -> other.getResult(Object.class)).isInstanceOf(WorkflowFailedException.class);
            world.doors.goesOn("Backup.Take");
            world.doors.goesOn("Schedule.AwaitEnd");

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.Made.class);
            ends(stage, run, "made-after-another", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pre-deploy, , 600",
        "pre-deploy, , 0",
        "manual, , 600",
        "weekly, 2026-11-21T02:00:00Z, 600",
        "pre-deploy, 2026-11-22T02:00:00Z, 600"
    })
    void tries_again_while_somebody_else_has_the_right(String tag, Instant nominal, int cache) {
        world.doors.hangs("Backup.Take");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub other = stage.start("BackUpDatabase", "backup/orders", "orders");
            Stage.until(() -> world.doors.called("Backup.Take"));
            world.holder = Optional.of(holder(tag, nominal));
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Schedule.Holder"));
            world.doors.goesOn("Backup.Take");
            other.getResult(Object.class);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.Made.class);
            assertThat(world.doors.called("Schedule.AwaitEnd")).isFalse();
            assertThat(world.effects)
                    .filteredOn(it -> it.startsWith("manifest"))
                    .hasSize(2);
            ends(stage, run, "made-later", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void gives_up_when_the_right_is_taken_until_the_window_ends_and_says_so(int cache) {
        world.doors.fails("Backup.Take", () -> new IllegalStateException("the database is away"));
        world.giveUpAfter = Duration.ofHours(24);
        try (Stage stage = stage(world, cache)) {
            stage.start("BackUpDatabase", "backup/orders", "orders");
            Stage.until(() -> world.doors.called("Backup.Take"));
            world.holder = Optional.of(holder("manual", null));
            world.until = stage.now().plusSeconds(600);
            WorkflowStub run = start(stage);
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.outcome()).isInstanceOf(Outcome.Missed.class);
            assertThat(stage.timers(run)).isBetween(8L, 12L);
            Notice told = only(toldOf(world, "backup/orders"));
            assertThat(told.news()).isEqualTo(News.FAILED);
            assertThat(told.severity()).isEqualTo(Severity.P2);
            assertThat(told.happened())
                    .startsWith(
                            "nothing was made for 2026-11-22T02:00:00Z (daily): the right 'backup/orders' was taken")
                    .contains("by backup-orders-20261122T015900Z-k3x9 of ann");
            assertThat(report.lookedUpTo()).as("it is told again, with its end").contains(APPLIED);
            assertThat(reported(world).outcome()).isEqualTo("MISSED");
            assertThat(reported(world).problem().orElseThrow()).startsWith("the right 'backup/orders' was taken");
            assertThat(reported(world).repository()).isEqualTo("main");
            ends(stage, run, "missed", cache);
        }
    }

    private static Notice only(List<Notice> notices) {
        assertThat(notices).hasSize(1);
        return notices.getFirst();
    }
}
