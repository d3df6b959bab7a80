package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers of two hosts keep their state in one folder, as containers do that share a volume. */
@Tag("survival")
class StateFolderIsSharedTest {

    @Test
    void a_worker_sweeps_what_its_own_host_left_and_never_what_another_host_did() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            TestWorker ours = shop.worker(Shop.SLOWLY);
            WorkflowStub run = shop.backUp();
            shop.awaitDump();
            ours.kill();
            // To a worker elsewhere a process id says nothing: to it, this one and one that lives look the same.
            List<Path> left = new Aftermath(shop).leftovers();
            assertThat(left)
                    .extracting(Path::toString)
                    .anyMatch(it -> it.endsWith(".pgpass"))
                    .anyMatch(it -> it.endsWith(".properties"));

            shop.worker("--host=other", "--roles=read");
            assertThat(new Aftermath(shop).leftovers()).containsExactlyInAnyOrderElementsOf(left);

            shop.worker();
            await("the sweep of what our host left")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(new Aftermath(shop).leftovers()).doesNotContainAnyElementsOf(left));
            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }
}
