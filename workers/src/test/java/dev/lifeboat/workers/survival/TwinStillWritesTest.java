package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker hangs, another one takes over, and the first one wakes up and goes on writing. */
@Tag("survival")
class TwinStillWritesTest {

    // A frozen worker still holds its polls, and swallows what Temporal answers: so it is given no decisions.
    private static final String DECIDES = "--roles=control,read,delete";
    private static final String WRITES = "--roles=write";

    @Test
    void the_second_waits_for_the_first_and_there_is_one_backup() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            shop.worker(DECIDES);
            TestWorker first = shop.worker(WRITES, Shop.SLOWLY);
            WorkflowStub run = shop.backUp();
            shop.awaitDump();

            first.freeze();
            shop.worker(WRITES, Shop.SLOWLY);
            await("the second attempt").atMost(Duration.ofMinutes(2)).until(() -> attempts(shop) == 2);
            first.thaw();

            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(shop.reads()).as("how often the table was read").isEqualTo(1);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    @Test
    void a_first_one_that_wakes_up_too_late_loses() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            shop.worker(DECIDES);
            TestWorker first = shop.worker(WRITES, Shop.SLOWLY);
            WorkflowStub run = shop.backUp();
            shop.awaitDump();

            first.freeze();
            // The server notices that its client is gone, as it would after its keepalive time: the lock is free.
            shop.postgres()
                    .execute(
                            "postgres",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'lifeboat %'");
            shop.worker(WRITES);
            shop.awaitEffect("Backup.Commit");
            first.thaw();

            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            new Aftermath(shop).awaitNoChildren();
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    private static long attempts(Shop shop) {
        return shop.lines("effects").stream()
                .filter("Backup.Take: connect"::equals)
                .count();
    }
}
