package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody starts a runbook with the raw command, and without the workflow id that is its right. */
@Tag("survival")
class WrongWorkflowIdTest {

    @Test
    void the_run_refuses_in_words_and_does_nothing() {
        try (Shop shop = Shop.open(10)) {
            shop.worker();
            for (String id : new String[] {"backup/customers", UUID.randomUUID().toString()}) {
                WorkflowStub run = shop.backUp(id);
                assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
                assertThatThrownBy(() -> run.getResult(String.class))
                        .rootCause()
                        .hasMessageContaining("this run needs the workflow id 'backup/orders' and has '" + id + "'");
            }
            assertThat(shop.lines("effects")).as("what the worker did").isEmpty();
        }
    }
}
