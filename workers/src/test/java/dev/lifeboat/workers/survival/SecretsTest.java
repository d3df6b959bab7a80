package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logging in fails in every way that puts a connection into an error message. */
@Tag("survival")
class SecretsTest {

    @Test
    void no_failure_tells_a_secret() throws IOException {
        try (Shop shop = Shop.open(1_000)) {
            Path password = shop.passwordFile();
            String right = Files.readString(password);
            Files.writeString(password, shop.secrets().getFirst() + ":wrong\n");
            shop.worker();
            WorkflowStub run = shop.backUp();
            await("the refused login").atMost(Duration.ofMinutes(2)).until(() -> notices(shop) > 0);
            shop.postgres().stop("fast");
            Files.writeString(password, right);
            int before = takes(shop);
            await("an attempt without a server").atMost(Duration.ofMinutes(2)).until(() -> takes(shop) > before + 1);
            shop.postgres().up();

            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    private static int takes(Shop shop) {
        return (int)
                shop.lines("effects").stream().filter("Backup.Take"::equals).count();
    }

    private static long notices(Shop shop) {
        return shop.lines("effects").stream()
                .filter("Notification.Announce TROUBLE"::equals)
                .count();
    }
}
