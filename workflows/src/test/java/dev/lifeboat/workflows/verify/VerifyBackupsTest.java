package dev.lifeboat.workflows.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.VerificationActivities.Waited;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.RunOnScheduleRunbook;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ending of {@link VerifyBackups}, each remembered by the worker (600) and replayed at every task (0). */
class VerifyBackupsTest {

    private static final Page PAGE = Page.of("verify-backups.md");
    private static final String SO_FAR = "Tell what is bad so far";
    private static final String BACKUP = "orders-20261121T020000Z-k3x9";

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void passes_when_everything_was_looked_at_and_nothing_failed(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.run().right()).isEqualTo("verify/orders");
            assertThat(report.verdict()).isEqualTo(Verdict.PASS);
            assertThat(report.good()).contains(BACKUP);
            assertThat(report.readBytes()).isEqualTo(2_048);
            assertThat(world.looks)
                    .containsExactly(
                            "newest",
                            "signatures",
                            "holdings in main",
                            "holdings in far",
                            "copy in far",
                            "share in main",
                            "share in far");
            assertThat(world.effects).containsExactly("record of " + report.run(), "report of " + report.run());
            assertThat(world.outcomes.getFirst().readUpTo()).containsOnlyKeys("main", "far");
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("PASS");
            assertThat(told()).startsWith("the backups of 'orders' are good: 7 checks passed");
            assertThat(news()).isEqualTo("WELL P4");
            assertThat(stage.titles(run)).doesNotContain(SO_FAR).isSubsetOf(PAGE.headings());
            assertThat(PAGE.allows(stage.titles(run))).isTrue();
            ends(stage, run, "passed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void leaves_the_copies_out_where_there_are_none(int cache) {
        world.required = List.of();
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.PASS);
            assertThat(PAGE.allows(stage.titles(run))).isTrue();
            assertThat(stage.titles(run)).doesNotContain("Check the copies");
            ends(stage, run, "one-repository", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void one_look_that_fails_is_a_fail_and_the_rest_is_still_looked_at(int cache) {
        world.found.put("holdings in far", fail("'x' is missing"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.lines()).containsExactly("'x' is missing");
            assertThat(world.looks).contains("copy in far");
            assertThat(stage.titles(run)).isEqualTo(PAGE.headings());
            assertThat(world.told).hasSize(2);
            assertThat(world.told.getFirst().happened())
                    .endsWith("are NOT good: 'x' is missing; what is stored is still being read back");
            assertThat(world.told.getFirst().about()).isEqualTo(notice().about());
            assertThat(world.told.getFirst().severity()).isEqualTo(notice().severity());
            assertThat(told()).contains("are NOT good: 'x' is missing", "lifeboat show " + report.run());
            assertThat(news()).isEqualTo("FAILED P2");
            assertThat(notice().safe()).contains(BACKUP);
            ends(stage, run, "failed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void what_is_bad_is_told_before_hours_of_reading(int cache) {
        world.found.put("newest", fail("there is no backup"));
        world.good = Optional.empty();
        world.doors.hangs("Survey.ReadShare");
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Survey.ReadShare"));

            assertThat(world.told).hasSize(1);
            assertThat(news()).isEqualTo("TROUBLE P1");
            assertThat(told()).contains("there is no backup; what is stored is still being read back");
            run.cancel();
            assertThatThrownBy(() -> run.getResult(VerifyReport.class)).hasCauseInstanceOf(CanceledFailure.class);
            ends(stage, run, "cancelled-after-bad-news", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void without_a_good_backup_the_next_move_is_to_make_one(int cache) {
        world.found.put("newest", fail("there is no backup"));
        world.good = Optional.empty();
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.FAIL);
            assertThat(told()).contains("make a backup now: lifeboat backup orders");
            assertThat(news()).isEqualTo("FAILED P1");
            ends(stage, run, "no-good-backup", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_look_that_is_not_possible_is_inconclusive_and_never_a_pass(int cache) {
        world.doors.fails("Survey.Holdings", () -> new IllegalStateException("the bucket cannot be listed"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(report.lines()).hasSize(2).allMatch(it -> it.contains("the bucket cannot be listed"));
            assertThat(told()).startsWith("nobody knows whether the backups of 'orders' are good");
            assertThat(news()).isEqualTo("FAILED P3");
            ends(stage, run, "inconclusive", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void what_failed_outweighs_what_nobody_could_look_at(int cache) {
        world.doors.fails("Survey.ReadShare", () -> new IllegalStateException("no"));
        world.found.put("signatures", fail("somebody changed it"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.FAIL);
            assertThat(world.outcomes.getFirst().readUpTo()).isEmpty();
            ends(stage, run, "failed-and-inconclusive", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_warning_passes_and_is_told(int cache) {
        world.found.put("newest", new Verified(Verdict.WARN, 2, 0, List.of("the dump has grown")));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.PASS);
            assertThat(notice().happened()).endsWith("8 checks passed: the dump has grown");
            ends(stage, run, "warned", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void nobody_who_reads_is_inconclusive(int cache) {
        try (Stage stage =
                new Stage(cache, List.of(VerifyBackupsRunbook.class), world.without(Queue.READ), new StepTitles())) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(report.lines()).isNotEmpty().allMatch(it -> it.contains("start a worker with --roles read"));
            ends(stage, run, "nobody-reads", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void the_backup_that_was_waited_for_is_the_one_that_has_to_be_there(int cache) {
        world.waited = new Waited(Optional.of("backup/orders"), Optional.of(BACKUP), Optional.empty(), true);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).waitedFor()).contains("backup/orders");
            assertThat(world.orders).allMatch(it -> it.expected().equals(Optional.of(BACKUP)));
            ends(stage, run, "waited", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"600, true, FAIL", "0, true, FAIL", "600, false, PASS", "0, false, PASS"})
    void a_scheduled_backup_that_fails_is_a_fail_however_young_the_one_before_is(
            int cache, boolean scheduled, Verdict verdict) {
        world.waited = new Waited(Optional.of("backup/orders"), Optional.empty(), Optional.of("disk full"), scheduled);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.verdict()).isEqualTo(verdict);
            assertThat(report.lines())
                    .containsExactly("the backup that was waited for (backup/orders) made none: disk full");
            ends(stage, run, scheduled ? "scheduled-backup-failed" : "backup-failed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_policy_that_cannot_be_loaded_is_told_and_given_up_in_the_end(int cache) {
        world.doors.fails(
                "Verification.Load", () -> FailureType.CONFIGURATION.because("there is no 'orders'", "add it"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(VerifyReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.told).hasSize(2);
            assertThat(world.told.getLast().next()).startsWith("nobody has looked at the backups of 'orders'");
            ends(stage, run, "no-policy", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_verdict_that_nobody_hears_does_not_fail_the_run(int cache) {
        world.doors.fails("Notification.Announce", () -> new IllegalStateException("no line"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.PASS);
            ends(stage, run, "nobody-told", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Verification.AwaitBackup, 600",
        "Verification.AwaitBackup, 0",
        "Survey.ReadShare, 600",
        "Survey.ReadShare, 0"
    })
    void cancelled_it_stops_looking_and_says_so_in_its_report(String call, int cache) {
        world.doors.hangs(call);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called(call));
            run.cancel();

            assertThatThrownBy(() -> run.getResult(VerifyReport.class)).hasCauseInstanceOf(CanceledFailure.class);
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("CANCELLED");
            assertThat(world.lastReport().orElseThrow().warnings()).isEmpty();
            assertThat(world.told).isEmpty();
            assertThat(PAGE.allows(stage.titles(run))).isTrue();
            ends(stage, run, "cancelled-at-" + call, cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"600, PASS", "0, PASS", "600, FAIL", "0, FAIL"})
    void its_schedule_has_run_it_whatever_its_verdict_is(int cache, Verdict verdict) {
        world.found.put("signatures", new Verified(verdict, 1, 0, List.of()));
        world.until = Instant.parse("2026-11-23T00:00:00Z");
        try (Stage stage = new Stage(
                cache,
                List.of(VerifyBackupsRunbook.class, RunOnScheduleRunbook.class),
                world.everybody(),
                new StepTitles())) {
            WorkflowStub run = stage.start(
                    "RunOnSchedule",
                    "on-schedule/verify/orders/daily-2026-11-22T02:30:00Z",
                    Map.of("right", "verify/orders", "rhythm", "daily", "since", "2026-11-01T12:00:00Z"));
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Made.class, it -> assertThat(it.what()).startsWith("verify-orders-"));
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo(verdict.name());
            assertThat(world.lastReport().orElseThrow().operator()).isEqualTo("schedule");
            assertThat(notice().about()).isEqualTo("verify/orders");
            stage.replay(run);
            if (cache > 0) {
                RecordedHistories.record(
                        "RunOnSchedule", "verified-" + verdict.name().toLowerCase(Locale.ROOT), stage.history(run));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify/people", "backup/orders", "anything"})
    void refuses_in_words_to_run_under_another_id(String id) {
        try (Stage stage = stage(600)) {
            WorkflowStub run = stage.start("VerifyBackups", id, "orders");

            assertThatThrownBy(() -> run.getResult(VerifyReport.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("WRONG_RIGHT"));
            assertThat(world.doors.log).isEmpty();
        }
    }

    private String told() {
        return notice().happened() + " " + notice().next();
    }

    private String news() {
        assertThat(notice().about()).isEqualTo("verify/orders");
        return notice().news() + " " + notice().severity();
    }

    private Notice notice() {
        List<Notice> all =
                Stream.concat(world.told.stream(), world.well.stream()).toList();
        // Of one trouble: what was known early, and the end.
        assertThat(all.subList(0, all.size() - 1)).allMatch(it -> it.step().equals(SO_FAR));
        return all.getLast();
    }

    private Stage stage(int cache) {
        return new Stage(cache, List.of(VerifyBackupsRunbook.class), world.everybody(), new StepTitles());
    }

    private static WorkflowStub start(Stage stage) {
        return stage.start("VerifyBackups", "verify/orders", "orders");
    }

    private static Verified fail(String line) {
        return new Verified(Verdict.FAIL, 1, 1, List.of(line));
    }

    private static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("VerifyBackups", ending, stage.history(run));
        }
    }
}
