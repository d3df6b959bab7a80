package dev.lifeboat.activities.pulse;

import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.errordetails.v1.NotFoundFailure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.StatusUtils;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a pulse needs of Temporal. */
interface Heart {

    long PATIENCE_SECONDS = 5;

    /** Tells the server that this attempt works. Throws when the server, or the SDK, tells it to stop. */
    void beat(Progress progress) throws ActivityCompletionException;

    /**
     * Whether the server still waits for this activity, by this attempt or by another, and nobody has cancelled or paused
     * it. Throws while the server cannot be asked.
     */
    boolean isStillWanted();

    /** The heart of a real activity. */
    static Heart of(ActivityExecutionContext context) {
        return new Heart() {
            @Override
            public void beat(Progress progress) {
                context.heartbeat(progress);
            }

            @Override
            public boolean isStillWanted() {
                return pending(context.getWorkflowClient(), context.getInfo()).stream()
                        .filter(it ->
                                it.getActivityId().equals(context.getInfo().getActivityId()))
                        .anyMatch(it -> !it.getPaused()
                                && it.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED);
            }
        };
    }

    /** What the run still waits for; nothing if there is no such run any more. */
    private static List<PendingActivityInfo> pending(WorkflowClient client, ActivityInfo activity) {
        try {
            return client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(activity.getNamespace())
                            .setExecution(WorkflowExecution.newBuilder()
                                    .setWorkflowId(activity.getWorkflowId())
                                    .setRunId(activity.getWorkflowRunId()))
                            .build())
                    .getPendingActivitiesList();
        } catch (StatusRuntimeException e) {
            // Of a namespace that is not there yet, as while a server starts, it says so in another way.
            if (StatusUtils.hasFailure(e, NotFoundFailure.class)) {
                return List.of();
            }
            throw e;
        }
    }
}
