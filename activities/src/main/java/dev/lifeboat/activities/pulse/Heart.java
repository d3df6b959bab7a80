package dev.lifeboat.activities.pulse;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowClient;

/** What a pulse needs of Temporal. */
interface Heart {

    /** Tells the server that this attempt works. Throws when the server, or the SDK, tells it to stop. */
    void beat(Progress progress) throws ActivityCompletionException;

    /** Whether the server still waits for this activity, by this attempt or by another. */
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
                return pending(context.getWorkflowClient(), context).getPendingActivitiesList().stream()
                        .anyMatch(it ->
                                it.getActivityId().equals(context.getInfo().getActivityId()));
            }
        };
    }

    private static DescribeWorkflowExecutionResponse pending(WorkflowClient client, ActivityExecutionContext context) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(context.getInfo().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder()
                                .setWorkflowId(context.getInfo().getWorkflowId())
                                .setRunId(context.getInfo().getWorkflowRunId()))
                        .build());
    }
}
