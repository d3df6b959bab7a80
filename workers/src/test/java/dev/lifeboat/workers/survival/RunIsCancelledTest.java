package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody cancels the run. It stops, puts back what it did, reports, and only then ends. */
@Tag("survival")
class RunIsCancelledTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void before_the_commit_nothing_stays() {
        try (Shop shop = Shop.open(1_000)) {
            for (String step : List.of("Policy.LoadBackupPolicy", "Backup.Take", "Backup.Look")) {
                cancelAt(shop, step);
                new Aftermath(shop).noBackup();
                new Aftermath(shop).noChildren();
                shop.forget();
            }
        }
    }

    @Test
    void in_mid_dump_the_child_is_gone_when_the_run_ends() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            shop.worker(Shop.SLOWLY);
            WorkflowStub run = shop.backUp();
            shop.awaitDump();
            run.cancel();
            assertThat(shop.awaitEnd(run, LIMIT)).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
            new Aftermath(shop).noBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    @Test
    void from_the_commit_on_the_backup_stands() {
        try (Shop shop = Shop.open(1_000)) {
            for (String step : List.of(
                    "Backup.Commit",
                    "Copy.CopyTo",
                    "Verify.Verify",
                    "Compare.Compare",
                    "Sweep.SweepLosers",
                    "Report.Store")) {
                cancelAt(shop, step);
                new Aftermath(shop).oneGoodBackupAtHome();
                new Aftermath(shop).noChildren();
                shop.forget();
            }
        }
    }

    private static void cancelAt(Shop shop, String step) {
        shop.worker("lifeboat.mode=WAIT", "lifeboat.point=" + step + " before", "lifeboat.heartbeat=PT20S");
        WorkflowStub run = shop.backUp();
        shop.awaitReached(1);
        run.cancel();
        shop.goOn();
        assertThat(shop.awaitEnd(run, LIMIT)).as(step).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
    }
}
