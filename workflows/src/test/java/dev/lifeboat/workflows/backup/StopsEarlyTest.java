package dev.lifeboat.workflows.backup;

import static dev.lifeboat.workflows.backup.Rehearsal.ends;
import static dev.lifeboat.workflows.backup.Rehearsal.followsItsPage;
import static dev.lifeboat.workflows.backup.Rehearsal.stage;
import static dev.lifeboat.workflows.backup.Rehearsal.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.News;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backup undoes, keeps and reports when it stops early; remembered (600) and replayed at every task (0). */
class StopsEarlyTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @CsvSource({
        "Policy.LoadBackupPolicy, 600", "Policy.LoadBackupPolicy, 0",
        "Backup.Take, 600", "Backup.Take, 0",
        "Backup.Look, 600", "Backup.Look, 0",
        "Backup.Commit, 600", "Backup.Commit, 0"
    })
    void removes_what_it_stored_when_a_step_fails_for_longer_than_the_policy_bears(String call, int cache) {
        world.doors.fails(call, Rehearsal::weather);
        try (Stage stage = stage(world, cache)) {
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
        try (Stage stage = stage(world, cache)) {
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
        world.doors.fails("Backup.Take", Rehearsal::loginRefused);
        try (Stage stage = stage(world, cache)) {
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
        try (Stage stage = stage(world, cache)) {
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
    @ValueSource(ints = {600, 0})
    void keeps_a_backup_whose_commit_happened_although_its_answer_was_lost(int cache) {
        world.doors.failsAfterwards("Backup.Commit", Rehearsal::weather);
        try (Stage stage = stage(world, cache)) {
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
        world.doors.fails("Report.Store", Rehearsal::weather);
        try (Stage stage = stage(world, cache)) {
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
    void ends_at_once_and_silently_when_another_run_has_taken_its_place(int cache) {
        world.doors.fails("Backup.Commit", StopsEarlyTest::superseded);
        try (Stage stage = stage(world, cache)) {
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
}
