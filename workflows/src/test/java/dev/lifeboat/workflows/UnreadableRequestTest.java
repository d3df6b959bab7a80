package dev.lifeboat.workflows;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run may be started from anybody's hand: an input that is none must end it, not keep its right for ever. */
class UnreadableRequestTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "true",
                "[1, 2]",
                "{\"database\": {\"a\": 1}}",
                "{\"database\": \"orders\", \"tag\": {\"x\": 1}}",
                "{\"database\": \"orders\", \"keepUntil\": \"yesterday\"}"
            })
    void a_backup_of_nothing_readable_ends_at_once(String input) throws Exception {
        JsonNode json = Payloads.mapper().readTree(input);
        endsBadly("BackUpDatabase", "backup/orders", json.isNull() ? new Object[] {null} : new Object[] {json});
    }

    @Test
    void a_backup_without_any_input_ends_at_once() {
        endsBadly("BackUpDatabase", "backup/orders");
    }

    @Test
    void an_input_that_is_too_large_to_be_handed_on_ends_at_once() {
        JsonNode json =
                Payloads.mapper().createObjectNode().put("database", "orders").put("note", "x".repeat(20_000));
        endsBadly("BackUpDatabase", "backup/orders", json);
    }

    @Test
    void a_check_of_nothing_readable_ends_at_once() {
        endsBadly("CheckSetup", "check/setup", "s");
    }

    private static void endsBadly(String type, String id, Object... input) {
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build())) {
            temporal.newWorker(Queue.CONTROL.taskQueue())
                    .registerWorkflowImplementationTypes(Runbooks.options(), Runbooks.implementations());
            temporal.start();
            WorkflowStub run = temporal.getWorkflowClient()
                    .newUntypedWorkflowStub(
                            type,
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(Queue.CONTROL.taskQueue())
                                    .setWorkflowId(id)
                                    .build());
            run.start(input);
            assertThatThrownBy(() -> run.getResult(Object.class)).isInstanceOf(WorkflowFailedException.class);
        }
    }
}
