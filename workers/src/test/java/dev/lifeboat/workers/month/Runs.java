package dev.lifeboat.workers.month;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every run that a worker saw. */
final class Runs extends WorkerInterceptorBase {

    private final Set<WorkflowExecution> seen = ConcurrentHashMap.newKeySet();

    List<WorkflowExecution> all() {
        return List.copyOf(seen);
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public WorkflowOutput execute(WorkflowInput input) {
                WorkflowInfo info = Workflow.getInfo();
                seen.add(WorkflowExecution.newBuilder()
                        .setWorkflowId(info.getWorkflowId())
                        .setRunId(info.getRunId())
                        .build());
                return super.execute(input);
            }
        };
    }
}
