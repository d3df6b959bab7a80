package dev.lifeboat.workflows.schedule;

import static dev.lifeboat.workflows.schedule.Rehearsal.APPLIED;
import static dev.lifeboat.workflows.schedule.Rehearsal.NIGHT;
import static dev.lifeboat.workflows.schedule.Rehearsal.NIGHT_BEFORE;
import static dev.lifeboat.workflows.schedule.Rehearsal.ends;
import static dev.lifeboat.workflows.schedule.Rehearsal.reported;
import static dev.lifeboat.workflows.schedule.Rehearsal.request;
import static dev.lifeboat.workflows.schedule.Rehearsal.stage;
import static dev.lifeboat.workflows.schedule.Rehearsal.start;
import static dev.lifeboat.workflows.schedule.Rehearsal.toldOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.model.News;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run on a schedule says of the points before its own; remembered (600) and replayed at every task (0). */
class MissedPointsTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void says_once_which_points_were_missed_and_that_it_is_over(int cache) {
        world.missed = new Missed(7, List.of(NIGHT_BEFORE));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.missedBefore().count()).isEqualTo(7);
            assertThat(toldOf(world, "schedule/orders"))
                    .extracting(Notice::news)
                    .containsExactly(News.TROUBLE, News.WELL);
            assertThat(toldOf(world, "schedule/orders").getFirst().happened())
                    .contains("7 points, the last of them 2026-11-21T02:00:00Z");
            assertThat(report.lookedUpTo()).contains(NIGHT);
            assertThat(world.lookedFrom).containsExactly(APPLIED);
            assertThat(reported(world).warnings())
                    .contains(
                            "this is about backup/orders at 2026-11-22T02:00:00Z (daily)",
                            "missed before: 7 points, the last of them 2026-11-21T02:00:00Z");
            ends(stage, run, "missed-before", cache);
        }
    }

    @Test
    void says_that_older_points_were_not_looked_at_and_leaves_those_to_come_to_the_next_run() {
        world.missed = new Missed(1_000, List.of(NIGHT_BEFORE), true, Optional.of(NIGHT_BEFORE.plusSeconds(60)));
        try (Stage stage = stage(world, 600)) {
            ScheduleReport report = start(stage).getResult(ScheduleReport.class);

            assertThat(toldOf(world, "schedule/orders").getFirst().happened())
                    .contains("at least 1000 points (older ones are too many to be looked at), the last of them 2026");
            assertThat(report.missedBefore()).isEqualTo(world.missed);
            assertThat(report.lookedUpTo().orElseThrow()).isBefore(NIGHT_BEFORE.plusSeconds(60));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_well_when_nobody_can_say_what_was_missed(int cache) {
        world.doors.fails("Schedule.Missed", () -> new IllegalStateException("the repository is away"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.Made.class);
            assertThat(world.told)
                    .singleElement()
                    .satisfies(it -> assertThat(it.happened())
                            .contains("nobody could look whether points of backup/orders before"));
            assertThat(run.getResult(ScheduleReport.class).lookedUpTo())
                    .as("the next one looks again")
                    .contains(APPLIED);
            ends(stage, run, "missed-unknown", cache);
        }
    }

    @Test
    void looks_for_points_since_its_last_run_and_not_from_before_its_times() {
        // Temporal hands on the last result of a cron as it does that of a schedule; this server knows only the first.
        try (Stage stage = stage(world, 600)) {
            WorkflowStub run = stage.startEachDay("RunOnSchedule", "on-schedule/backup/orders/daily", request());
            Stage.until(() -> {
                stage.hoursPass(24);
                return world.lookedFrom.size() >= 3;
            });

            List<Instant> points = world.made.keySet().stream().sorted().toList();
            assertThat(world.lookedFrom.subList(0, 3)).containsExactly(APPLIED, points.get(0), points.get(1));
            run.terminate("seen enough");
        }
    }
}
