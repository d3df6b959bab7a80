package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database server is restarted while it is dumped. */
@Tag("survival")
class PostgresIsRestartedTest {

    @ParameterizedTest
    @ValueSource(strings = {"fast", "immediate"})
    void the_run_dumps_again_when_the_server_is_back(String mode) {
        try (Shop shop = Shop.open(Shop.MANY)) {
            shop.worker(Shop.SLOWLY);
            WorkflowStub run = shop.backUp();
            shop.awaitDump();

            shop.postgres().stop(mode);
            shop.postgres().up();

            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }
}
