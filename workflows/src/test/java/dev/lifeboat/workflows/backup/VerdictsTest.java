package dev.lifeboat.workflows.backup;

import static dev.lifeboat.workflows.backup.Rehearsal.ends;
import static dev.lifeboat.workflows.backup.Rehearsal.followsItsPage;
import static dev.lifeboat.workflows.backup.Rehearsal.stage;
import static dev.lifeboat.workflows.backup.Rehearsal.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes after the copies, the verdict and the comparison: remembered (600) and replayed at every task (0). */
class VerdictsTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_verdict_of_fail_ends_the_run_and_names_the_backup(int cache) {
        world.verdict = new Verified(Finding.Verdict.FAIL, 12, 1, List.of("'orders.dump' does not decode: 100% zeros"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(BackupReport.class))
                    .cause()
                    .isInstanceOfSatisfying(ApplicationFailure.class, it -> {
                        assertThat(it.getType()).isEqualTo(FailureType.NOT_TO_BE_TRUSTED.name());
                        assertThat(it.getOriginalMessage())
                                .contains("cannot be trusted: 1 of 12 checks failed", "100% zeros");
                    });

            assertThat(world.told).singleElement().satisfies((Notice it) -> {
                assertThat(it.step()).isEqualTo("Verify the backup");
                assertThat(it.next()).contains("do not rely on it", "lifeboat verify orders-");
            });
            assertThat(world.doors.called("Sweep.SweepLosers")).isFalse();
            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            RunReport report = world.lastReport().orElseThrow();
            assertThat(report.verification()).contains(world.verdict);
            assertThat(report.steps())
                    .anyMatch(it -> it.title().equals("Verify the backup") && it.status() == Entry.Status.FAILED);
            followsItsPage(stage, run);
            ends(stage, run, "not-to-be-trusted", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void that_nobody_can_read_is_a_warning(int cache) {
        try (Stage stage = new Stage(
                cache,
                List.of(BackUpDatabaseRunbook.class, CopyBackupRunbook.class),
                world.without(Queue.READ),
                new StepTitles())) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.verification().orElseThrow().verdict()).isEqualTo(Finding.Verdict.INCONCLUSIVE);
            assertThat(report.warnings())
                    .last()
                    .asString()
                    .contains("not verified: nobody with the age identity serves 'lifeboat-read'");
            assertThat(world.told).isEmpty();
            ends(stage, run, "nobody-reads", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void what_could_not_be_tried_is_a_warning_and_never_a_pass(int cache) {
        world.doors.fails("Verify.Verify", () -> new IllegalStateException("the network is away"));
        world.doors.fails("Compare.Compare", () -> new IllegalStateException("no answer"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.verification().orElseThrow().verdict()).isEqualTo(Finding.Verdict.INCONCLUSIVE);
            assertThat(report.warnings())
                    .endsWith("not verified: the network is away", "not compared with earlier backups: no answer");
            ends(stage, run, "not-tried", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void what_differs_from_earlier_backups_is_a_warning(int cache) {
        world.comparison = new Compared(Optional.of("orders-1"), List.of("table 'a.b' is empty now"), List.of("note"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.warnings()).contains("table 'a.b' is empty now");
            assertThat(world.lastReport().orElseThrow().comparison()).contains(world.comparison);
            ends(stage, run, "differs", cache);
        }
    }
}
