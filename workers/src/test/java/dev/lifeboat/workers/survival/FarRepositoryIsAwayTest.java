package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.store.S3Credentials;
import dev.lifeboat.repository.store.TestToxiproxy;
import dev.lifeboat.repository.store.TestVersitygw;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Copies go into a bucket, and the line to it breaks in the middle of one. An outage of ten minutes is played with
 * {@code -Dlifeboat.outage=PT10M}.
 */
@Tag("survival")
class FarRepositoryIsAwayTest {

    private static final Duration OUTAGE = Duration.parse(System.getProperty("lifeboat.outage", "PT15S"));
    private static final String BEGIN = "Copy.CopyTo: begin BACKUP.dump.zst.age";

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void the_copy_is_made_when_it_is_back_and_the_database_is_read_once() {
        try (Shop shop = Shop.open(Shop.MANY);
                TestVersitygw s3 = TestVersitygw.start();
                TestToxiproxy line = TestToxiproxy.before(s3.endpoint())) {
            String bucket = s3.makeBucket();
            shop.configure(place(shop, bucket, line, s3.keys()), "");
            line.cutAfter(TestToxiproxy.Direction.UPSTREAM, 500_000);
            shop.worker();
            WorkflowStub run = shop.backUp();
            await("a copy that was cut in its middle, and begun again")
                    .atMost(Duration.ofMinutes(3))
                    .until(() ->
                            shop.lines("effects").stream().filter(BEGIN::equals).count() > 1);

            line.down();
            // The outage itself, and no waiting for luck.
            await().pollDelay(OUTAGE).atMost(OUTAGE.plusMinutes(1)).until(() -> true);
            assertThat(shop.isOver(run)).as("the run waits").isFalse();
            line.heal();

            assertThat(shop.awaitEnd(run, Duration.ofMinutes(20))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(shop.reads()).as("how often the table was read").isEqualTo(1);
            Manifest manifest = new Aftermath(shop).oneGoodBackupAtHome();
            new Aftermath(shop).theSameIn(manifest, s3.files(bucket).resolve("lifeboat"));
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    private static String place(Shop shop, String bucket, TestToxiproxy line, S3Credentials.Keys keys) {
        String access = "{ access-key: \"%s\", secret-key: \"%s\" }"
                .formatted(shop.secretIn("s3.id", keys.id()), shop.secretIn("s3.key", keys.secret()));
        return "s3://%s/lifeboat\", region: us-east-1, endpoint: \"%s\", credentials: { write: %3$s, read: %3$s, delete: %3$s }"
                .formatted(bucket, line.address("http"), access);
    }
}
