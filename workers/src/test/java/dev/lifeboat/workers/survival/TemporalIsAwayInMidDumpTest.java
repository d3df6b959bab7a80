package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Temporal goes away while a dump is made, for longer than it takes to give up on the worker, and comes back. */
@Tag("survival")
class TemporalIsAwayInMidDumpTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    @Test
    void the_dump_goes_on_and_the_database_is_read_once() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            shop.worker("lifeboat.heartbeat=" + HEARTBEAT, Shop.SLOWLY);
            WorkflowStub run = shop.backUp();
            shop.awaitDump();

            shop.temporal().kill();
            // The outage itself, and no waiting for luck: three times as long as a silent worker counts as alive.
            await().pollDelay(HEARTBEAT.multipliedBy(3))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> true);
            assertThat(shop.lines("effects"))
                    .as("the dump outlasts the outage")
                    .doesNotContain("Backup.Take: commit BACKUP.dump.zst.age");
            shop.temporal().startAgain();

            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(shop.reads()).as("how often the table was read").isEqualTo(1);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }
}
