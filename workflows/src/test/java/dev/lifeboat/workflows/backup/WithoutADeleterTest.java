package dev.lifeboat.workflows.backup;

import static dev.lifeboat.workflows.backup.Rehearsal.ends;
import static dev.lifeboat.workflows.backup.Rehearsal.stage;
import static dev.lifeboat.workflows.backup.Rehearsal.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.StepTitles;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup where no worker serves the queue of those who may delete. */
@Timeout(60)
class WithoutADeleterTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_good_run_ends_and_its_report_says_that_nobody_swept(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(world.effects).contains("manifest of " + report.backup() + " with a1");
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("COMMITTED");
            saysThatNobodyTookIt("Sweep what losing attempts left");
            ends(stage, run, "nobody-sweeps", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_run_that_failed_ends_and_its_report_says_that_nothing_was_removed(int cache) {
        world.doors.fails("Backup.Look", () -> new IllegalStateException("disk is full"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            RunReport report = world.lastReport().orElseThrow();
            assertThat(report.outcome()).isEqualTo("FAILED");
            assertThat(report.problem()).contains("disk is full");
            saysThatNobodyTookIt("Remove what this run stored");
            ends(stage, run, "nobody-removes", cache);
        }
    }

    private void saysThatNobodyTookIt(String title) {
        assertThat(world.lastReport().orElseThrow().steps())
                .filteredOn(it -> it.title().equals(title))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.status()).isEqualTo(Entry.Status.FAILED);
                    assertThat(it.note()).isEqualTo("no worker took it in time");
                });
    }

    private Stage stage(int cache) {
        return new Stage(cache, List.of(BackUpDatabaseRunbook.class), world.without(Queue.DELETE), new StepTitles());
    }
}
