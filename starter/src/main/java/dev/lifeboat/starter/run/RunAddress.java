package dev.lifeboat.starter.run;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;

/**
 * Where a run is found in Temporal.
 *
 * @param right the workflow id, such as {@code backup/orders}
 * @param runId Temporal's own name for it; changes with a reset
 */
public record RunAddress(String right, String runId) {

    /** For talking to exactly this run. */
    public WorkflowStub stub(WorkflowClient client) {
        return client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                .setWorkflowId(right)
                .setRunId(runId)
                .build());
    }
}
