package dev.lifeboat.workflows.schedule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.ScheduleActivities.Ended;
import dev.lifeboat.workflows.activity.ScheduleActivities.Holder;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.backup.BackUpDatabaseRunbook;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Severity;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ending of {@link RunOnSchedule}, each remembered by the worker (600) and replayed at every task (0). */
class RunOnScheduleTest {

    private static final Page PAGE = Page.of("run-on-schedule.md");
    private static final Instant NIGHT = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant NIGHT_BEFORE = Instant.parse("2026-11-21T02:00:00Z");
    private static final Instant APPLIED = Instant.parse("2026-11-01T12:00:00Z");
    private static final String ID = "on-schedule/backup/orders/daily-2026-11-22T02:00:00Z";
    private static final Set<String> SEEN = new LinkedHashSet<>();

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void makes_one_backup_for_all_rhythms_that_are_due(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.outcome()).isEqualTo(new Outcome.Made(requireNonNull(world.made.get(NIGHT))));
            assertThat(report.nominal()).isEqualTo(NIGHT);
            assertThat(report.tiers()).containsExactly(new Tag("weekly"), new Tag("daily"));
            assertThat(report.run().value()).startsWith("schedule-backup.orders.daily-");
            assertThat(world.lastReport().orElseThrow().operator()).isEqualTo("schedule");
            assertThat(world.lastReport().orElseThrow().backup().orElseThrow().tag())
                    .isEqualTo("weekly");
            assertThat(toldOf("schedule/orders")).isEmpty();
            assertThat(report.lookedUpTo()).contains(NIGHT);
            assertThat(world.reports).as("its backup has left one").hasSize(1);
            ends(stage, run, "made", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void starts_nothing_where_the_point_has_its_backup(int cache) {
        world.known.put(NIGHT, "orders-20261122T020000Z-k3x9");
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome())
                    .isEqualTo(new Outcome.AlreadyMade("orders-20261122T020000Z-k3x9"));
            assertThat(world.doors.called("Policy.LoadBackupPolicy")).isFalse();
            assertThat(reported().outcome()).isEqualTo("ALREADY_MADE");
            assertThat(reported().warnings()).contains("it has orders-20261122T020000Z-k3x9");
            assertThat(toldOf("backup/orders"))
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
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.AlreadyMade.class);
            assertThat(toldOf("backup/orders")).isEmpty();
            ends(stage, run, "already-made-badly", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void dumps_nothing_where_only_the_policy_sees_that_the_point_has_its_backup(int cache) {
        world.made.put(NIGHT, "orders-20261122T020000Z-k3x9");
        try (Stage stage = stage(cache)) {
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
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isEqualTo(new Outcome.NotDue());
            assertThat(world.effects).isEmpty();
            assertThat(run.getResult(ScheduleReport.class).lookedUpTo()).contains(APPLIED);
            ends(stage, run, "not-due", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "weekly, , 600",
        "weekly, , 0", // by hand, for the same tag
        "daily, 2026-11-22T02:00:00Z, 600" // the schedule of another rhythm, for the same point
    })
    void waits_for_a_run_that_does_the_same(String tag, Instant nominal, int cache) {
        world.doors.hangs("Backup.Take");
        world.doors.hangs("Schedule.AwaitEnd");
        try (Stage stage = stage(cache)) {
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
            assertThat(reported().outcome()).isEqualTo("JOINED");
            assertThat(reported().warnings()).contains("it has backup-orders-20261122T015900Z-k3x9");
            ends(stage, run, "joined", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void makes_its_own_when_the_one_it_waited_for_ended_badly(int cache) {
        world.doors.hangs("Backup.Take");
        world.ended = new Ended(false, "cancelled");
        try (Stage stage = stage(cache)) {
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
        try (Stage stage = stage(cache)) {
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
        try (Stage stage = stage(cache)) {
            stage.start("BackUpDatabase", "backup/orders", "orders");
            Stage.until(() -> world.doors.called("Backup.Take"));
            world.holder = Optional.of(holder("manual", null));
            world.until = stage.now().plusSeconds(600);
            WorkflowStub run = start(stage);
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.outcome()).isInstanceOf(Outcome.Missed.class);
            assertThat(stage.timers(run)).isBetween(8L, 12L);
            Notice told = only(toldOf("backup/orders"));
            assertThat(told.news()).isEqualTo(News.FAILED);
            assertThat(told.severity()).isEqualTo(Severity.P2);
            assertThat(told.happened())
                    .startsWith(
                            "nothing was made for 2026-11-22T02:00:00Z (daily): the right 'backup/orders' was taken")
                    .contains("by backup-orders-20261122T015900Z-k3x9 of ann");
            assertThat(report.lookedUpTo()).as("it is told again, with its end").contains(APPLIED);
            assertThat(reported().outcome()).isEqualTo("MISSED");
            assertThat(reported().problem().orElseThrow()).startsWith("the right 'backup/orders' was taken");
            assertThat(reported().repository()).isEqualTo("main");
            ends(stage, run, "missed", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, P2, 600", "1, P1, 600", "0, P2, 0"})
    void says_when_the_backup_failed_and_more_urgently_the_second_time(int before, Severity severity, int cache) {
        world.doors.fails("Backup.Take", () -> FailureType.LOGIN_REFUSED.because("the password is wrong", "mend it"));
        world.missed = new Missed(before, before == 0 ? List.of() : List.of(NIGHT_BEFORE));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.outcome()).isEqualTo(new Outcome.Failed("the password is wrong; mend it", true));
            Notice first = world.told.stream()
                    .filter(it -> it.news() == News.FAILED)
                    .findFirst()
                    .orElseThrow();
            assertThat(first.run().verb()).as("the run itself has told its end").isEqualTo("backup");
            assertThat(first.severity()).isEqualTo(Severity.P2);
            List<Notice> more = toldOf("backup/orders");
            assertThat(more).hasSize(before);
            more.forEach(told -> {
                assertThat(told.severity()).isEqualTo(severity);
                assertThat(told.happened()).contains("the password is wrong", "2026-11-21T02:00:00Z has none either");
            });
            assertThat(reported().outcome()).isEqualTo("FAILED");
            ends(stage, run, before > 0 ? "failed-twice" : "failed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void says_once_which_points_were_missed_and_that_it_is_over(int cache) {
        world.missed = new Missed(7, List.of(NIGHT_BEFORE));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.missedBefore().count()).isEqualTo(7);
            assertThat(toldOf("schedule/orders")).extracting(Notice::news).containsExactly(News.TROUBLE, News.WELL);
            assertThat(toldOf("schedule/orders").getFirst().happened())
                    .contains("7 points, the last of them 2026-11-21T02:00:00Z");
            assertThat(report.lookedUpTo()).contains(NIGHT);
            assertThat(world.lookedFrom).containsExactly(APPLIED);
            assertThat(reported().warnings())
                    .contains(
                            "this is about backup/orders at 2026-11-22T02:00:00Z (daily)",
                            "missed before: 7 points, the last of them 2026-11-21T02:00:00Z");
            ends(stage, run, "missed-before", cache);
        }
    }

    @Test
    void says_that_older_points_were_not_looked_at_and_leaves_those_to_come_to_the_next_run() {
        world.missed = new Missed(1_000, List.of(NIGHT_BEFORE), true, Optional.of(NIGHT_BEFORE.plusSeconds(60)));
        try (Stage stage = stage(600)) {
            ScheduleReport report = start(stage).getResult(ScheduleReport.class);

            assertThat(toldOf("schedule/orders").getFirst().happened())
                    .contains("at least 1000 points (older ones are too many to be looked at), the last of them 2026");
            assertThat(report.missedBefore()).isEqualTo(world.missed);
            assertThat(report.lookedUpTo().orElseThrow()).isBefore(NIGHT_BEFORE.plusSeconds(60));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_well_when_nobody_can_say_what_was_missed(int cache) {
        world.doors.fails("Schedule.Missed", () -> new IllegalStateException("the repository is away"));
        try (Stage stage = stage(cache)) {
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
        try (Stage stage = stage(600)) {
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

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void bears_trouble_with_the_configuration_and_goes_on(int cache) {
        world.doors.fails(
                "Schedule.Due", 7, () -> FailureType.CONFIGURATION.because("no database 'orders'", "mend it"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.Made.class);
            assertThat(toldOf("backup/orders").getFirst().news()).isEqualTo(News.TROUBLE);
            ends(stage, run, "recovered", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void gives_up_and_says_so_when_the_configuration_stays_in_trouble(int cache) {
        world.doors.fails("Schedule.Due", () -> FailureType.CONFIGURATION.because("no database 'orders'", "mend it"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(ScheduleReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(toldOf("backup/orders")).extracting(Notice::news).containsExactly(News.TROUBLE, News.FAILED);
            ends(stage, run, "failed-at-Schedule.Due", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"Schedule.Due, 600", "Backup.Take, 600", "Backup.Take, 0", "Schedule.Missed, 600"})
    void cancels_what_it_started_when_it_is_cancelled(String call, int cache) {
        world.doors.hangs(call);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called(call));
            run.cancel();
            assertThatThrownBy(() -> run.getResult(ScheduleReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(stage.status(run)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
            assertThat(world.doors.overlaps).isEmpty();
            if (!call.equals("Schedule.Due")) {
                assertThat(reported().outcome()).isEqualTo("CANCELLED");
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
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Backup.Take"));
            end(stage, how);

            assertThat(run.getResult(ScheduleReport.class).outcome()).isInstanceOf(Outcome.Failed.class);
            assertThat(toldOf("backup/orders"))
                    .singleElement()
                    .satisfies(it -> assertThat(it.news()).isEqualTo(News.FAILED));
            ends(stage, run, "backup-ended-by-" + how, cache);
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
        try (Stage stage = stage(600)) {
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
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start(
                    "RunOnSchedule",
                    "on-schedule/check/setup/daily",
                    Map.of("right", "check/setup", "rhythm", "daily"));

            assertThatThrownBy(() -> run.getResult(ScheduleReport.class))
                    .cause()
                    .hasMessageContaining("nothing is run on a schedule under the right 'check/setup'");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void takes_its_own_start_for_the_point_when_somebody_starts_it_by_hand(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start("RunOnSchedule", "on-schedule/backup/orders/daily", request());
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.nominal())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(world.made).containsKey(report.nominal());
            stage.replay(run);
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

    private Stage stage(int cache) {
        return new Stage(
                cache,
                List.of(RunOnScheduleRunbook.class, BackUpDatabaseRunbook.class),
                world.everybody(),
                new StepTitles());
    }

    private static WorkflowStub start(Stage stage) {
        return stage.startScheduled("RunOnSchedule", ID, NIGHT, request());
    }

    private static ScheduleRequest request() {
        return new ScheduleRequest("backup/orders", daily(), Optional.of(APPLIED));
    }

    private static Tag daily() {
        return new Tag("daily");
    }

    private static Holder holder(String tag, @Nullable Instant nominal) {
        return new Holder(
                "BackUpDatabase",
                "run-1",
                "backup-orders-20261122T015900Z-k3x9",
                "ann",
                Optional.of(new Tag(tag)),
                Optional.ofNullable(nominal));
    }

    private List<Notice> toldOf(String about) {
        return Stream.concat(world.told.stream(), world.well.stream())
                .filter(it -> it.about().equals(about) && it.run().verb().equals("schedule"))
                .toList();
    }

    /** What the run itself has left, beside what its backup leaves. */
    private RunReport reported() {
        List<RunReport> own = world.reports.stream()
                .filter(it -> it.runbook().equals("RunOnSchedule"))
                .toList();
        assertThat(own).hasSize(1);
        return own.getFirst();
    }

    private static Notice only(List<Notice> notices) {
        assertThat(notices).hasSize(1);
        return notices.getFirst();
    }

    private static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        List<String> titles = new ArrayList<>(stage.titles(run));
        boolean started = stage.history(run).getEvents().stream()
                .anyMatch(HistoryEvent::hasStartChildWorkflowExecutionInitiatedEventAttributes);
        if (started) {
            titles.add(1, PAGE.headings().get(1)); // a child is no activity, and shows no title
        }
        assertThat(PAGE.headings()).containsSubsequence(titles);
        SEEN.addAll(titles);
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("RunOnSchedule", ending, stage.history(run));
        }
    }

    @AfterAll
    static void its_page_has_all_of_its_steps_and_no_others() {
        assertThat(SEEN).containsExactlyInAnyOrderElementsOf(PAGE.headings());
    }
}
