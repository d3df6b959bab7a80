package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker is stopped in good order, as for an upgrade, while its pg_dump hangs. */
@Tag("survival")
class WorkerIsStoppedTest {

    @Test
    void no_child_lives_on_and_the_next_worker_dumps_again() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            TestWorker worker = shop.worker(Shop.SLOWLY);
            WorkflowStub run = shop.backUp();
            shop.awaitDump();
            // One that hangs would not notice that nobody reads from it any more.
            List<ProcessHandle> children = new Aftermath(shop).children();
            assertThat(children).hasSize(1);
            children.forEach(it -> TestWorker.signal("STOP", it.pid()));

            try {
                worker.stop();

                new Aftermath(shop).noChildren();
            } finally {
                children.forEach(ProcessHandle::destroyForcibly);
            }
            shop.worker();
            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }
}
