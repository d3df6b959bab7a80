package dev.lifeboat.workflows.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.BugInOurCode;
import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ending of {@link BackUpDatabase}, each remembered by the worker (600) and replayed at every task (0). */
class BackUpDatabaseTest {

    private static final Page PAGE = Page.of("back-up-database.md");

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void commits_a_backup_and_stores_its_report(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.run().value()).matches("backup-orders-\\d{8}T\\d{6}Z-[0-9a-f]{4}");
            assertThat(report.backup()).isEqualTo(report.run().backup());
            assertThat(report.rows()).isEqualTo(42);
            assertThat(report.report()).isPresent();
            assertThat(world.effects)
                    .containsExactly(
                            "attempt of " + report.backup(),
                            "manifest of " + report.backup() + " with a1",
                            "copy of " + report.backup() + " in far",
                            "report of " + report.run());
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("COMMITTED");
            assertThat(world.lastReport().orElseThrow().backup()).isPresent();
            assertThat(world.told).isEmpty();
            assertThat(world.well).singleElement().satisfies(it -> {
                assertThat(it.about()).isEqualTo("backup/orders");
                assertThat(it.happened())
                        .isEqualTo("backup '%s' is made: 3 tables with 42 rows, 1024 bytes stored", report.backup());
                assertThat(it.safe()).contains("stands in 'main' (2 of 2 copies)");
                assertThat(it.next()).contains("read the warnings");
            });
            assertThat(stage.titles(run)).isEqualTo(PAGE.headings());
            ends(stage, run, "committed-and-told", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void makes_no_second_backup_for_one_point_in_time(int cache) {
        Instant night = Instant.parse("2026-11-22T02:00:00Z");
        world.made.put(night, "orders-20261122T020000Z-k3x9");
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start(
                    "BackUpDatabase",
                    "backup/orders",
                    BackupRequest.onSchedule("orders", night, List.of(new Tag("daily"))));
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.alreadyMade()).isTrue();
            assertThat(report.backup()).isEqualTo("orders-20261122T020000Z-k3x9");
            assertThat(world.effects).containsExactly("report of " + report.run());
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("ALREADY_MADE");
            assertThat(world.lastReport().orElseThrow().warnings())
                    .containsExactly("backup 'orders-20261122T020000Z-k3x9' had been made before");
            assertThat(report.report()).isPresent();
            assertThat(world.told).isEmpty();
            assertThat(world.well)
                    .as("whatever was wrong with this point before is over")
                    .singleElement()
                    .satisfies(it -> assertThat(it.about()).isEqualTo("backup/orders"));
            ends(stage, run, "already-made-and-told", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void does_not_say_that_all_is_well_with_a_backup_whose_run_did_not_end_well(int cache) {
        Instant night = Instant.parse("2026-11-22T02:00:00Z");
        world.made.put(night, "orders-20261122T020000Z-k3x9");
        world.madeWell = false;
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start(
                    "BackUpDatabase",
                    "backup/orders",
                    BackupRequest.onSchedule("orders", night, List.of(new Tag("daily"))));

            assertThat(run.getResult(BackupReport.class).alreadyMade()).isTrue();
            assertThat(world.well).isEmpty();
            ends(stage, run, "already-made-badly", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void needs_no_place_for_a_report_when_there_is_nothing_to_do(int cache) {
        Instant night = Instant.parse("2026-11-22T02:00:00Z");
        world.made.put(night, "orders-20261122T020000Z-k3x9");
        world.doors.fails("Report.Store", () -> new IllegalStateException("the repository is full"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start(
                    "BackUpDatabase",
                    "backup/orders",
                    BackupRequest.onSchedule("orders", night, List.of(new Tag("daily"))));
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.alreadyMade()).isTrue();
            assertThat(report.report()).isEmpty();
            assertThat(world.told).isEmpty();
            stage.replay(run);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void bears_a_repository_that_is_away_for_an_evening_before_it_knows_its_policy(int cache) {
        world.doors.fails("Policy.LoadBackupPolicy", BackUpDatabaseTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            stage.hoursPass(3);
            assertThat(world.told).hasSize(1);
            world.doors.mended("Policy.LoadBackupPolicy");

            assertThat(run.getResult(BackupReport.class).backup()).isNotEmpty();
            ends(stage, run, "policy-came-late", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void takes_the_name_alone_for_a_request(int cache) {
        try (Stage stage = stage(cache)) {
            BackupReport report =
                    stage.start("BackUpDatabase", "backup/orders", "orders").getResult(BackupReport.class);

            assertThat(report.run().target()).isEqualTo("orders");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Policy.LoadBackupPolicy, 600", "Policy.LoadBackupPolicy, 0",
        "Backup.Take, 600", "Backup.Take, 0",
        "Backup.Look, 600", "Backup.Look, 0",
        "Backup.Commit, 600", "Backup.Commit, 0"
    })
    void removes_what_it_stored_when_a_step_fails_for_longer_than_the_policy_bears(String call, int cache) {
        world.doors.fails(call, BackUpDatabaseTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.effects).noneMatch(it -> it.startsWith("attempt") || it.startsWith("manifest"));
            boolean policyKnown = !call.startsWith("Policy");
            assertThat(world.doors.called("Sweep.Discard")).isEqualTo(policyKnown);
            assertThat(world.reports).hasSize(policyKnown ? 1 : 0);
            world.reports.forEach(it -> {
                assertThat(it.outcome()).isEqualTo("FAILED");
                assertThat(it.problem()).contains("disk is full");
                assertThat(it.backup()).isEmpty();
            });
            assertThat(world.told).hasSize(2);
            assertThat(world.told.getFirst().next()).contains("tried again by itself");
            assertThat(world.told).extracting(Notice::news).containsExactly(News.TROUBLE, News.FAILED);
            assertThat(world.told.getLast().next()).contains("start it again with lifeboat backup orders");
            assertThat(world.told.getLast().safe()).contains("earlier backups stand as they were");
            followsItsPage(stage, run);
            ends(stage, run, "failed-at-" + call, cache);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Policy.LoadBackupPolicy, 600", "Policy.LoadBackupPolicy, 0",
        "Backup.Take, 600", "Backup.Take, 0",
        "Backup.Look, 600", "Backup.Look, 0",
        "Backup.Commit, 600", "Backup.Commit, 0",
        "Sweep.SweepLosers, 600", "Sweep.SweepLosers, 0",
        "Report.Store, 600", "Report.Store, 0"
    })
    void stops_undoes_and_reports_when_it_is_cancelled(String call, int cache) {
        world.doors.hangs(call);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called(call));
            run.cancel();
            if (call.equals("Report.Store")) {
                Stage.until(() -> world.doors.log.stream().filter(call::equals).count() > 1);
                world.doors.goesOn(call);
            }
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.doors.overlaps).isEmpty();
            boolean committed = call.startsWith("Sweep") || call.startsWith("Report");
            assertThat(world.effects.stream().anyMatch(it -> it.startsWith("manifest")))
                    .isEqualTo(committed);
            assertThat(world.effects.stream().anyMatch(it -> it.startsWith("attempt")))
                    .isEqualTo(committed);
            world.lastReport().ifPresent(it -> {
                assertThat(it.outcome()).isEqualTo("CANCELLED");
                assertThat(it.backup().isPresent()).isEqualTo(committed);
                assertThat(it.warnings().stream().anyMatch(line -> line.contains("stands")))
                        .isEqualTo(committed);
            });
            assertThat(world.reports).hasSize(call.startsWith("Policy") ? 0 : 1);
            assertThat(stage.status(run)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
            followsItsPage(stage, run);
            ends(stage, run, "cancelled-at-" + call, cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void stops_undoes_and_reports_when_it_is_cancelled_in_a_pause(int cache) {
        world.doors.fails("Backup.Take", BackUpDatabaseTest::loginRefused);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> !world.told.isEmpty());
            run.cancel();
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("CANCELLED");
            assertThat(world.lastReport().orElseThrow().steps())
                    .anyMatch(it ->
                            it.status() == Entry.Status.FAILED && it.note().startsWith("cancelled while"));
            assertThat(stage.waiting(run)).isEmpty();
            ends(stage, run, "cancelled-in-a-pause", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_second_cancel_while_undoing_changes_nothing(int cache) {
        world.doors.hangs("Backup.Take");
        world.doors.hangs("Sweep.Discard");
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Backup.Take"));
            run.cancel();
            Stage.until(() -> world.doors.called("Sweep.Discard"));
            run.cancel();
            world.doors.goesOn("Sweep.Discard");
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.lastReport().orElseThrow().steps())
                    .filteredOn(it -> it.title().equals("Remove what this run stored"))
                    .extracting(Entry::status)
                    .containsExactly(Entry.Status.DONE);
            ends(stage, run, "cancelled-twice", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"backup/people, 600", "backup/people, 0", "9f1c7a1e-6f4b-4a5e-9a53-0b1f6a2f3c11, 600"})
    void refuses_in_words_to_run_under_another_id(String id, int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = stage.start("BackUpDatabase", id, "orders");

            assertThatThrownBy(() -> run.getResult(BackupReport.class))
                    .cause()
                    .isInstanceOfSatisfying(ApplicationFailure.class, it -> {
                        assertThat(it.getType()).isEqualTo("WRONG_RIGHT");
                        assertThat(it.getOriginalMessage())
                                .isEqualTo("this run needs the workflow id 'backup/orders' and has '%s'".formatted(id));
                        assertThat(it.getDetails().get(0, String.class)).contains("--workflow-id backup/orders");
                    });
            assertThat(world.doors.log).isEmpty();
            ends(stage, run, id.startsWith("backup") ? "wrong-id" : "no-id", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Orders", "../etc", "or ders", "o'; drop", "🚢"})
    void refuses_a_name_that_is_none(String name) {
        try (Stage stage = stage(600)) {
            WorkflowStub run = stage.start("BackUpDatabase", "backup/" + name, name);

            assertThatThrownBy(() -> run.getResult(BackupReport.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("WRONG_RIGHT"));
            assertThat(world.doors.log).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void keeps_a_backup_whose_commit_happened_although_its_answer_was_lost(int cache) {
        world.doors.failsAfterwards("Backup.Commit", BackUpDatabaseTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.effects)
                    .anyMatch(it -> it.startsWith("attempt"))
                    .anyMatch(it -> it.startsWith("manifest"));
            assertThat(world.lastReport()).hasValueSatisfying(report -> {
                assertThat(report.outcome()).isEqualTo("FAILED");
                assertThat(report.backup())
                        .hasValueSatisfying(it -> assertThat(it.rows()).isEqualTo(42));
                assertThat(report.warnings()).anyMatch(it -> it.contains("was committed and stands in 'main'"));
            });
            ends(stage, run, "commit-answer-lost", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_badly_and_keeps_its_backup_when_the_report_cannot_be_stored(int cache) {
        world.doors.fails("Report.Store", BackUpDatabaseTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.effects).anyMatch(it -> it.startsWith("manifest"));
            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            assertThat(world.told.getLast().happened()).isEqualTo("disk is full");
            ends(stage, run, "report-not-stored", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void goes_on_when_losers_cannot_be_swept(int cache) {
        world.doors.fails("Sweep.SweepLosers", BackUpDatabaseTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            run.getResult(BackupReport.class);

            assertThat(world.lastReport().orElseThrow().steps())
                    .anyMatch(it -> it.title().startsWith("Sweep") && it.status() == Entry.Status.FAILED);
            assertThat(world.told).isEmpty();
            ends(stage, run, "losers-not-swept", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void tells_once_and_recovers_by_itself(int cache) {
        world.doors.fails("Backup.Take", 17, BackUpDatabaseTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            run.getResult(BackupReport.class);

            assertThat(world.told).singleElement().satisfies(it -> {
                assertThat(it.step()).isEqualTo("Dump the database in one snapshot");
                assertThat(it.happened()).isEqualTo("disk is full");
                assertThat(it.next()).contains("lifeboat answer " + it.run() + " retry or abort");
            });
            assertThat(stage.waiting(run)).isEmpty();
            ends(stage, run, "recovered", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void tries_again_at_once_when_an_operator_says_so(int cache) {
        world.doors.fails("Backup.Take", BackUpDatabaseTest::loginRefused);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> !world.told.isEmpty());
            assertThat(stage.waiting(run)).contains("operator");
            world.doors.mended("Backup.Take");
            String said = run.update("answer", String.class, new Answer(Answer.Kind.RETRY, "ann", "password set"));

            assertThat(said).isEqualTo("trying 'Dump the database in one snapshot' again");
            run.getResult(BackupReport.class);
            assertThat(stage.waiting(run)).isEmpty();
            ends(stage, run, "answered-retry", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_when_an_operator_aborts(int cache) {
        world.doors.fails("Backup.Look", BackUpDatabaseTest::loginRefused);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> !world.told.isEmpty());
            run.update("answer", String.class, Map.of("kind", "abort", "by", "ann", "reason", "not tonight"));
            assertThatThrownBy(() -> run.getResult(BackupReport.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("ABORTED"));

            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("ABORTED");
            assertThat(world.lastReport().orElseThrow().problem()).contains("aborted by ann: not tonight");
            assertThat(world.effects).noneMatch(it -> it.startsWith("attempt"));
            ends(stage, run, "aborted", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void refuses_answers_that_make_no_sense(int cache) {
        world.doors.fails("Backup.Take", BackUpDatabaseTest::loginRefused);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> !world.told.isEmpty());

            for (Object answer : List.of(
                    new Answer(Answer.Kind.SKIP, "ann", "hurry"), Map.of("kind", "explode"), Map.of(), "retry", 7)) {
                assertThatThrownBy(() -> run.update("answer", String.class, answer))
                        .as(answer.toString())
                        .isInstanceOf(WorkflowUpdateException.class);
            }
            world.doors.mended("Backup.Take");
            run.update("answer", String.class, Map.of("kind", "RETRY"));
            run.getResult(BackupReport.class);
            ends(stage, run, "answers-refused", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void goes_on_without_the_report_when_an_operator_skips_it(int cache) {
        world.doors.fails("Report.Store", BackUpDatabaseTest::loginRefused);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> !world.told.isEmpty());
            run.update("answer", String.class, new Answer(Answer.Kind.SKIP, "ann", "the disk comes tomorrow"));

            assertThat(run.getResult(BackupReport.class).report()).isEmpty();
            ends(stage, run, "report-skipped", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_at_once_at_a_terminal_when_only_a_person_can_mend_it(int cache) {
        world.doors.fails("Backup.Take", BackUpDatabaseTest::loginRefused);
        try (Stage stage = stage(cache)) {
            WorkflowStub run =
                    stage.start("BackUpDatabase", "backup/orders", Map.of("database", "orders", "atTerminal", true));
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.doors.log.stream().filter("Backup.Take"::equals)).hasSize(1);
            assertThat(world.told).isEmpty();
            assertThat(world.lastReport().orElseThrow().problem())
                    .contains("the server refused 'lifeboat'; set the password in lifeboat.yml");
            ends(stage, run, "refused-at-terminal", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void waits_for_mending_when_nobody_is_at_a_terminal(int cache) {
        world.doors.fails("Backup.Take", 4, BackUpDatabaseTest::loginRefused);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            run.getResult(BackupReport.class);

            assertThat(world.told).hasSize(1);
            ends(stage, run, "mended", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void tries_again_at_once_and_silently_when_only_the_worker_was_lost(int cache) {
        world.doors.fails("Backup.Take", 12, BackUpDatabaseTest::workerStopped);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(world.told).isEmpty();
            assertThat(stage.timers(run)).isZero();
            assertThat(report.took()).isLessThan(Duration.ofMinutes(10));
            ends(stage, run, "worker-lost", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void does_not_repeat_for_ever_a_step_that_kills_its_worker(int cache) {
        world.giveUpAfter = Duration.ofMinutes(5);
        world.doors.fails("Backup.Take", BackUpDatabaseTest::workerStopped);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.told).hasSize(2);
            assertThat(world.told.getFirst().happened()).isEqualTo("the worker is shutting down");
            assertThat(world.doors.log.stream().filter("Backup.Take"::equals)).hasSizeBetween(105, 130);
            ends(stage, run, "kills-its-worker", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void goes_on_when_nobody_can_be_told(int cache) {
        world.doors.fails("Notification.Announce", BackUpDatabaseTest::weather);
        world.doors.fails("Backup.Take", 7, BackUpDatabaseTest::weather);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            run.getResult(BackupReport.class);
            ends(stage, run, "nobody-told", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_bug_in_our_code_undoes_nothing_and_goes_on_after_the_fix(int cache) {
        BugInOurCode bug = new BugInOurCode("Backup.Look");
        try (Stage stage = stage(cache, bug)) {
            WorkflowStub run = start(stage);
            Stage.until(bug::met);
            Stage.until(() -> stage.failedTasks(run) > 0);
            assertThat(world.doors.log).containsExactly("Policy.LoadBackupPolicy", "Backup.Take");
            assertThat(stage.status(run)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);

            bug.fix();
            run.getResult(BackupReport.class);
            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            ends(stage, run, "bug-fixed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_at_once_and_silently_when_another_run_has_taken_its_place(int cache) {
        world.doors.fails("Backup.Commit", BackUpDatabaseTest::superseded);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(stage.timers(run)).isZero();
            assertThat(world.told).isEmpty();
            assertThat(world.doors.called("Sweep.Discard")).isTrue();
            assertThat(world.effects).noneMatch(it -> it.startsWith("manifest") || it.startsWith("attempt"));
            assertThat(world.lastReport().orElseThrow().problem().orElseThrow())
                    .startsWith("superseded by 'backup-orders-20261121T030000Z-a1b2'");
            followsItsPage(stage, run);
            ends(stage, run, "superseded", cache);
        }
    }

    private static RuntimeException superseded() {
        return FailureType.SUPERSEDED.because(
                "superseded by 'backup-orders-20261121T030000Z-a1b2'", "nothing is to be done here");
    }

    private static RuntimeException weather() {
        return new IllegalStateException("disk is full");
    }

    private static RuntimeException workerStopped() {
        return ApplicationFailure.newFailure("the worker is shutting down", Trouble.WORKER_STOPPED);
    }

    private static RuntimeException loginRefused() {
        return FailureType.LOGIN_REFUSED.because("the server refused 'lifeboat'", "set the password in lifeboat.yml");
    }

    private Stage stage(int cache) {
        return new Stage(cache, List.of(BackUpDatabaseRunbook.class), world.everybody(), new StepTitles());
    }

    private Stage stage(int cache, BugInOurCode bug) {
        return new Stage(cache, List.of(BackUpDatabaseRunbook.class), world.everybody(), new StepTitles(), bug);
    }

    private static WorkflowStub start(Stage stage) {
        return stage.start("BackUpDatabase", "backup/orders", BackupRequest.of("orders"));
    }

    /** What ran is a beginning of the page, then, if it stopped early, of what the page says about that. */
    private static void followsItsPage(Stage stage, WorkflowStub run) {
        assertThat(PAGE.allows(stage.allTitles(run)))
                .as(stage.allTitles(run).toString())
                .isTrue();
    }

    private static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("BackUpDatabase", ending, stage.history(run));
        }
    }
}
