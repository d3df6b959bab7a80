package dev.lifeboat.workflows.schedule;

import static dev.lifeboat.workflows.schedule.Rehearsal.APPLIED;
import static dev.lifeboat.workflows.schedule.Rehearsal.NIGHT;
import static dev.lifeboat.workflows.schedule.Rehearsal.NIGHT_BEFORE;
import static dev.lifeboat.workflows.schedule.Rehearsal.ends;
import static dev.lifeboat.workflows.schedule.Rehearsal.holder;
import static dev.lifeboat.workflows.schedule.Rehearsal.reported;
import static dev.lifeboat.workflows.schedule.Rehearsal.request;
import static dev.lifeboat.workflows.schedule.Rehearsal.stage;
import static dev.lifeboat.workflows.schedule.Rehearsal.start;
import static dev.lifeboat.workflows.schedule.Rehearsal.toldOf;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Severity;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a point that is due: each ending remembered by the worker (600) and replayed at every task (0). */
class RunOnScheduleTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void makes_one_backup_for_all_rhythms_that_are_due(int cache) {
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.outcome()).isEqualTo(new Outcome.Made(requireNonNull(world.made.get(NIGHT))));
            assertThat(report.nominal()).isEqualTo(NIGHT);
            assertThat(report.tiers()).containsExactly(new Tag("weekly"), new Tag("daily"));
            assertThat(report.run().value()).startsWith("schedule-backup.orders.daily-");
            assertThat(world.lastReport().orElseThrow().operator()).isEqualTo("schedule");
            assertThat(world.lastReport().orElseThrow().backup().orElseThrow().tag())
                    .isEqualTo("weekly");
            assertThat(toldOf(world, "schedule/orders")).isEmpty();
            assertThat(report.lookedUpTo()).contains(NIGHT);
            assertThat(world.reports).as("its backup has left one").hasSize(1);
            ends(stage, run, "made", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void starts_nothing_where_the_point_has_its_backup(int cache) {
        world.known.put(NIGHT, "orders-20261122T020000Z-k3x9");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome())
                    .isEqualTo(new Outcome.AlreadyMade("orders-20261122T020000Z-k3x9"));
            assertThat(world.doors.called("Policy.LoadBackupPolicy")).isFalse();
            assertThat(reported(world).outcome()).isEqualTo("ALREADY_MADE");
            assertThat(reported(world).warnings()).contains("it has orders-20261122T020000Z-k3x9");
            assertThat(toldOf(world, "backup/orders"))
                    .as("an incident that another run opened is over")
                    .singleElement()
                    .satisfies(it -> assertThat(it.news()).isEqualTo(News.WELL));
            ends(stage, run, "already-made", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void does_not_say_that_all_is_well_where_the_run_that_made_it_did_not_end_well(int cache) {
        world.known.put(NIGHT, "orders-20261122T020000Z-k3x9");
        world.madeWell = false;
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.AlreadyMade.class);
            assertThat(toldOf(world, "backup/orders")).isEmpty();
            ends(stage, run, "already-made-badly", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void dumps_nothing_where_only_the_policy_sees_that_the_point_has_its_backup(int cache) {
        world.made.put(NIGHT, "orders-20261122T020000Z-k3x9");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome())
                    .isEqualTo(new Outcome.AlreadyMade("orders-20261122T020000Z-k3x9"));
            assertThat(world.doors.called("Policy.LoadBackupPolicy")).isTrue();
            assertThat(world.doors.called("Backup.Take")).isFalse();
            assertThat(world.reports).extracting(RunReport::runbook).containsExactly("BackUpDatabase");
            ends(stage, run, "already-made-says-the-policy", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void does_nothing_when_the_clock_was_put_back(int cache) {
        world.repeated = true;
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isEqualTo(new Outcome.NotDue());
            assertThat(world.effects).isEmpty();
            assertThat(run.getResult(ScheduleReport.class).lookedUpTo()).contains(APPLIED);
            ends(stage, run, "not-due", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, P2, 600", "1, P1, 600", "0, P2, 0"})
    void says_when_the_backup_failed_and_more_urgently_the_second_time(int before, Severity severity, int cache) {
        world.doors.fails("Backup.Take", () -> FailureType.LOGIN_REFUSED.because("the password is wrong", "mend it"));
        world.missed = new Missed(before, before == 0 ? List.of() : List.of(NIGHT_BEFORE));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.outcome()).isEqualTo(new Outcome.Failed("the password is wrong; mend it", true));
            Notice first = world.told.stream()
                    .filter(it -> it.news() == News.FAILED)
                    .findFirst()
                    .orElseThrow();
            assertThat(first.run().verb()).as("the run itself has told its end").isEqualTo("backup");
            assertThat(first.severity()).isEqualTo(Severity.P2);
            List<Notice> more = toldOf(world, "backup/orders");
            assertThat(more).hasSize(before);
            more.forEach(told -> {
                assertThat(told.severity()).isEqualTo(severity);
                assertThat(told.happened()).contains("the password is wrong", "2026-11-21T02:00:00Z has none either");
            });
            assertThat(reported(world).outcome()).isEqualTo("FAILED");
            ends(stage, run, before > 0 ? "failed-twice" : "failed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void takes_its_own_start_for_the_point_when_somebody_starts_it_by_hand(int cache) {
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = stage.start("RunOnSchedule", "on-schedule/backup/orders/daily", request());
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.nominal())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(world.made).containsKey(report.nominal());
            stage.replay(run);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "on-schedule/backup/orders/daily-2026-11-22T02:00:00Z, backup/people",
        "backup/orders, backup/orders",
        "on-schedule/backup/orders/dailyx, backup/orders",
        "on-schedule/backup/../daily, backup/..",
    })
    void refuses_in_words_to_run_under_another_id(String id, String right) {
        try (Stage stage = stage(world, 600)) {
            WorkflowStub run = stage.start("RunOnSchedule", id, Map.of("right", right, "rhythm", "daily"));

            assertThatThrownBy(() -> run.getResult(ScheduleReport.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("WRONG_RIGHT"));
            assertThat(world.doors.log).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600})
    void refuses_what_is_not_run_on_a_schedule(int cache) {
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = stage.start(
                    "RunOnSchedule",
                    "on-schedule/check/setup/daily",
                    Map.of("right", "check/setup", "rhythm", "daily"));

            assertThatThrownBy(() -> run.getResult(ScheduleReport.class))
                    .cause()
                    .hasMessageContaining("nothing is run on a schedule under the right 'check/setup'");
        }
    }

    @Test
    void its_page_has_all_of_its_steps_and_no_others() {
        world.missed = new Missed(1, List.of(NIGHT_BEFORE));
        world.doors.hangs("Backup.Take");
        try (Stage stage = stage(world, 600)) {
            WorkflowStub other = stage.start("BackUpDatabase", "backup/orders", "orders");
            Stage.until(() -> world.doors.called("Backup.Take"));
            world.holder = Optional.of(holder("weekly", null));
            world.doors.hangs("Schedule.AwaitEnd");
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Schedule.AwaitEnd"));
            world.doors.goesOn("Backup.Take");
            other.getResult(Object.class);
            world.doors.goesOn("Schedule.AwaitEnd");
            run.getResult(ScheduleReport.class);

            // Every other ending shows some of these, in this order: see where they end.
            assertThat(Rehearsal.titles(stage, run)).isEqualTo(Rehearsal.PAGE.headings());
        }
    }
}
