package dev.lifeboat.workflows.backup;

import static dev.lifeboat.workflows.backup.Rehearsal.ends;
import static dev.lifeboat.workflows.backup.Rehearsal.stage;
import static dev.lifeboat.workflows.backup.Rehearsal.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.BugInOurCode;
import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.Trouble;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of a backup is in trouble, and it is mended or a person answers; remembered (600) and replayed at every task (0). */
class TroubleAndAnswersTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void bears_a_repository_that_is_away_for_an_evening_before_it_knows_its_policy(int cache) {
        world.doors.fails("Policy.LoadBackupPolicy", Rehearsal::weather);
        try (Stage stage = stage(world, cache)) {
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
    void goes_on_when_losers_cannot_be_swept(int cache) {
        world.doors.fails("Sweep.SweepLosers", Rehearsal::weather);
        try (Stage stage = stage(world, cache)) {
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
        world.doors.fails("Backup.Take", 17, Rehearsal::weather);
        try (Stage stage = stage(world, cache)) {
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
    void waits_for_mending_when_nobody_is_at_a_terminal(int cache) {
        world.doors.fails("Backup.Take", 4, Rehearsal::loginRefused);
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            run.getResult(BackupReport.class);

            assertThat(world.told).hasSize(1);
            ends(stage, run, "mended", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_at_once_at_a_terminal_when_only_a_person_can_mend_it(int cache) {
        world.doors.fails("Backup.Take", Rehearsal::loginRefused);
        try (Stage stage = stage(world, cache)) {
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
    void tries_again_at_once_when_an_operator_says_so(int cache) {
        world.doors.fails("Backup.Take", Rehearsal::loginRefused);
        try (Stage stage = stage(world, cache)) {
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
        world.doors.fails("Backup.Look", Rehearsal::loginRefused);
        try (Stage stage = stage(world, cache)) {
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
        world.doors.fails("Backup.Take", Rehearsal::loginRefused);
        try (Stage stage = stage(world, cache)) {
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
        world.doors.fails("Report.Store", Rehearsal::loginRefused);
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> !world.told.isEmpty());
            run.update("answer", String.class, new Answer(Answer.Kind.SKIP, "ann", "the disk comes tomorrow"));

            assertThat(run.getResult(BackupReport.class).report()).isEmpty();
            ends(stage, run, "report-skipped", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void tries_again_at_once_and_silently_when_only_the_worker_was_lost(int cache) {
        world.doors.fails("Backup.Take", 12, TroubleAndAnswersTest::workerStopped);
        try (Stage stage = stage(world, cache)) {
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
        world.doors.fails("Backup.Take", TroubleAndAnswersTest::workerStopped);
        try (Stage stage = stage(world, cache)) {
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
        world.doors.fails("Notification.Announce", Rehearsal::weather);
        world.doors.fails("Backup.Take", 7, Rehearsal::weather);
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            run.getResult(BackupReport.class);
            ends(stage, run, "nobody-told", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_bug_in_our_code_undoes_nothing_and_goes_on_after_the_fix(int cache) {
        BugInOurCode bug = new BugInOurCode("Backup.Look");
        try (Stage stage = stage(world, cache, bug)) {
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

    private static RuntimeException workerStopped() {
        return ApplicationFailure.newFailure("the worker is shutting down", Trouble.WORKER_STOPPED);
    }
}
