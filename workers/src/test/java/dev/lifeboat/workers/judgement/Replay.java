package dev.lifeboat.workers.judgement;

import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Runbooks;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.List;

/** Histories that lead today's code to the same decisions. */
public final class Replay {

    private Replay() {}

    /**
     * Fails at the first that does not.
     *
     * @param seenWith what stood between the runs and Temporal, and changed what they saw of it
     */
    public static void of(List<WorkflowExecutionHistory> histories, WorkerInterceptor... seenWith) throws Exception {
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(seenWith)
                        .build())
                .build())) {
            Worker worker = temporal.newWorker("replay");
            worker.registerWorkflowImplementationTypes(Runbooks.options(), Runbooks.implementations());
            for (WorkflowExecutionHistory history : histories) {
                WorkflowReplayer.replayWorkflowExecution(history, worker);
            }
        }
    }
}
