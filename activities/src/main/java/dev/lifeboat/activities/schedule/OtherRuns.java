package dev.lifeboat.activities.schedule;

import com.google.protobuf.Timestamp;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.workflows.activity.ScheduleActivities.Ended;
import dev.lifeboat.workflows.activity.ScheduleActivities.Holder;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.Activity;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.common.converter.DataConverterException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The runs that Temporal knows, as an activity asks about them. */
final class OtherRuns {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    Optional<Holder> holder(String right) {
        WorkflowClient client = Activity.getExecutionContext().getWorkflowClient();
        try {
            WorkflowExecutionDescription newest =
                    client.newUntypedWorkflowStub(right).describe();
            return isOpen(newest.getStatus()) ? Optional.of(holder(client, newest.getExecution())) : Optional.empty();
        } catch (WorkflowNotFoundException gone) {
            return Optional.empty();
        }
    }

    /** Looks again and again, because a server that was away for a while must not end it. */
    Ended awaitEnd(String right, String runId) {
        WorkflowClient client = Activity.getExecutionContext().getWorkflowClient();
        try {
            while (true) {
                WorkflowExecutionStatus status = client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                                .setWorkflowId(right)
                                .setRunId(runId)
                                .build())
                        .describe()
                        .getStatus();
                if (!isOpen(status)) {
                    return new Ended(
                            status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED, inAWord(status));
                }
                Pulse.current().rest(BETWEEN_LOOKS);
            }
        } catch (WorkflowNotFoundException forgotten) {
            return new Ended(false, "forgotten");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("this worker is shutting down", e);
        }
    }

    private static boolean isOpen(WorkflowExecutionStatus status) {
        return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED;
    }

    private static String inAWord(WorkflowExecutionStatus status) {
        return status.name().replace("WORKFLOW_EXECUTION_STATUS_", "").toLowerCase(Locale.ROOT);
    }

    /** All of it is in a run's first event. */
    private static Holder holder(WorkflowClient client, WorkflowExecution run) {
        HistoryEvent first = client.getWorkflowServiceStubs()
                .blockingStub()
                .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(run)
                        .setMaximumPageSize(1)
                        .build())
                .getHistory()
                .getEvents(0);
        WorkflowExecutionStartedEventAttributes started = first.getWorkflowExecutionStartedEventAttributes();
        String runbook = started.getWorkflowType().getName();
        Optional<BackupRequest> backup = runbook.equals("BackUpDatabase") ? request(client, started) : Optional.empty();
        return new Holder(
                runbook,
                run.getRunId(),
                name(run.getWorkflowId(), first.getEventTime(), started.getFirstExecutionRunId()),
                backup.map(BackupRequest::operator).orElse("unknown"),
                // What goes elsewhere is not what a schedule wants: nothing waits for it as if it were.
                backup.filter(it -> it.to().isEmpty()).map(BackupRequest::tag),
                backup.flatMap(BackupRequest::nominal));
    }

    private static Optional<BackupRequest> request(
            WorkflowClient client, WorkflowExecutionStartedEventAttributes started) {
        try {
            return Optional.ofNullable(client.getOptions()
                    .getDataConverter()
                    .fromPayloads(0, Optional.of(started.getInput()), BackupRequest.class, BackupRequest.class));
        } catch (DataConverterException unreadable) {
            return Optional.empty();
        }
    }

    private static String name(String right, Timestamp started, String firstRunId) {
        int slash = right.indexOf('/');
        return RunName.of(
                        right.substring(0, slash),
                        right.substring(slash + 1),
                        Instant.ofEpochSecond(started.getSeconds(), started.getNanos()),
                        firstRunId)
                .value();
    }
}
