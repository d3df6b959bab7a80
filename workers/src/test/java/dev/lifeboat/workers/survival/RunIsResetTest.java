package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody resets the run in Temporal to the moment after the dump. */
@Tag("survival")
class RunIsResetTest {

    @Test
    void it_keeps_its_name_and_uses_the_dump_that_it_has() {
        try (Shop shop = Shop.open(1_000)) {
            shop.worker("lifeboat.mode=WAIT", "lifeboat.point=Backup.Look before", "lifeboat.heartbeat=PT20S");
            WorkflowStub run = shop.backUp();
            shop.awaitReached(1);
            WorkflowStub again = reset(shop, run);
            shop.goOn();

            assertThat(shop.awaitEnd(again, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(shop.reads()).as("how often the table was read").isEqualTo(1);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(again);
        }
    }

    @Test
    void a_run_that_had_ended_finds_its_own_backup() {
        try (Shop shop = Shop.open(1_000)) {
            shop.worker();
            WorkflowStub run = shop.backUp();
            shop.awaitEnd(run, Duration.ofMinutes(2));
            WorkflowStub again = reset(shop, run);

            assertThat(shop.awaitEnd(again, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(shop.reads()).as("how often the table was read").isEqualTo(1);
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(again);
        }
    }

    private static WorkflowStub reset(Shop shop, WorkflowStub run) {
        WorkflowExecution execution = Shop.execution(run);
        List<HistoryEvent> events = shop.history(run).getEvents();
        String now = shop.connection()
                .stubs()
                .blockingStub()
                .resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setWorkflowExecution(execution)
                        .setReason("a test")
                        .setRequestId("reset-" + execution.getRunId())
                        .setWorkflowTaskFinishEventId(decidedAfterTheDump(events))
                        .build())
                .getRunId();
        return shop.connection()
                .client()
                .newUntypedWorkflowStub(
                        WorkflowTargetOptions.newBuilder()
                                .setWorkflowId(execution.getWorkflowId())
                                .setRunId(now)
                                .build(),
                        Optional.empty());
    }

    private static long decidedAfterTheDump(List<HistoryEvent> events) {
        long dump = events.stream()
                .filter(it -> it.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
                        && it.getActivityTaskScheduledEventAttributes()
                                .getActivityType()
                                .getName()
                                .equals("Backup.Take"))
                .findFirst()
                .orElseThrow()
                .getEventId();
        long dumped = events.stream()
                .filter(it -> it.getActivityTaskCompletedEventAttributes().getScheduledEventId() == dump)
                .findFirst()
                .orElseThrow()
                .getEventId();
        return events.stream()
                .filter(it ->
                        it.getEventId() > dumped && it.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
                .findFirst()
                .orElseThrow()
                .getEventId();
    }
}
