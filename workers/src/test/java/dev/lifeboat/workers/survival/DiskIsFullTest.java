package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The repository's disk is too small for the dump, until somebody makes room. */
@Tag("survival")
class DiskIsFullTest {

    @Test
    void the_run_waits_in_words_leaves_nothing_half_done_and_goes_on() throws Exception {
        try (Shop shop = Shop.open(Shop.MANY)) {
            String folder = shop.repository().toString();
            assumeThat(run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", folder))
                    .as("the exit code of mount: only root may make a small disk")
                    .isZero();
            try {
                shop.worker();
                WorkflowStub run = shop.backUp();
                await("the trouble")
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> shop.lines("effects").contains("Notification.Announce TROUBLE"));
                assertThat(shop.isOver(run)).as("the run has ended").isFalse();
                assertThat(shop.log())
                        .content()
                        .contains("Dump the database in one snapshot", "No space left on device");

                assertThat(run("mount", "-o", "remount,size=64m", folder)).isZero();
                assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
                new Aftermath(shop).oneGoodBackup();
                new Aftermath(shop).cleanAndSilent(run);
            } finally {
                shop.stopWorkers();
                run("umount", folder);
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
