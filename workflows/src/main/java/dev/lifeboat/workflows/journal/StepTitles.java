package dev.lifeboat.workflows.journal;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;

/** Shows the step's title at each activity in Temporal's UI and history. Replay does not need it. */
public final class StepTitles extends WorkerInterceptorBase {

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public void init(WorkflowOutboundCallsInterceptor outbound) {
                super.init(new Titled(outbound));
            }
        };
    }

    private static final class Titled extends WorkflowOutboundCallsInterceptorBase {

        Titled(WorkflowOutboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
            String title = Journal.CURRENT.get();
            if (title.isEmpty()) {
                return super.executeActivity(input);
            }
            ActivityOptions titled = ActivityOptions.newBuilder(input.getOptions())
                    .setSummary(title)
                    .build();
            return super.executeActivity(new ActivityInput<>(
                    input.getActivityName(),
                    input.getResultClass(),
                    input.getResultType(),
                    input.getArgs(),
                    titled,
                    input.getHeader()));
        }
    }
}
