package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.starter.run.Runs;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A release with a bug in a runbook is deployed, and mended while a run is under way. */
@Tag("survival")
class BugInOurCodeTest {

    @Test
    void a_bug_blocks_the_run_and_undoes_nothing_until_a_worker_with_the_fix_comes() {
        try (Shop shop = Shop.open(1_000)) {
            TestWorker buggy = shop.worker("lifeboat.bug=Backup.Look");
            WorkflowStub run = shop.backUp();
            await("the bug").atMost(Duration.ofMinutes(2)).until(() -> failedDecisions(shop, run) > 0);

            assertThat(shop.isOver(run)).as("the run has ended").isFalse();
            assertThat(shop.lines("effects")).noneMatch(it -> it.startsWith("Sweep.") || it.startsWith("Report."));
            assertThat(new Aftermath(shop).inventory().uncommitted()).hasSize(1);

            Runs runs = new Runs(shop.connection().client());
            assertThat(runs.read(runs.find("backup/orders")).trouble())
                    .contains("this run is blocked: a bug of ours;"
                            + " it goes on by itself once a worker with the fix comes");

            buggy.kill();
            shop.worker();
            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(shop.reads()).as("how often the table was read").isEqualTo(1);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    private static long failedDecisions(Shop shop, WorkflowStub run) {
        return shop.history(run).getEvents().stream()
                .filter(it -> it.getEventType() == EVENT_TYPE_WORKFLOW_TASK_FAILED)
                .count();
    }
}
