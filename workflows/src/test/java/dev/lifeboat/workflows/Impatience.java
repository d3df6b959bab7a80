package dev.lifeboat.workflows;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.time.Duration;

/**
 * Notices lost and missing workers soon: these two times cannot be skipped, because an activity is under way. A pause of
 * a busy machine that is as long is taken for a lost worker; where workers die anyhow, that does no harm.
 */
final class Impatience extends WorkerInterceptorBase {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration SOON_AFTER_A_DEATH = Duration.ofMillis(500);
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private final boolean workersDie;

    /** @param workersDie whether that happens often enough to be noticed at once, in time that is not skipped */
    Impatience(boolean workersDie) {
        this.workersDie = workersDie;
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public void init(WorkflowOutboundCallsInterceptor outbound) {
                super.init(new Impatient(outbound));
            }
        };
    }

    private final class Impatient extends WorkflowOutboundCallsInterceptorBase {

        Impatient(WorkflowOutboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
            ActivityOptions.Builder options =
                    ActivityOptions.newBuilder(input.getOptions()).setHeartbeatTimeout(SOON);
            if (workersDie) {
                options.setHeartbeatTimeout(SOON_AFTER_A_DEATH)
                        .setRetryOptions(
                                RetryOptions.newBuilder(input.getOptions().getRetryOptions())
                                        .setInitialInterval(AT_ONCE)
                                        .build());
            }
            if (input.getOptions().getScheduleToStartTimeout() != null) {
                options.setScheduleToStartTimeout(SOON);
            }
            return super.executeActivity(new ActivityInput<>(
                    input.getActivityName(),
                    input.getResultClass(),
                    input.getResultType(),
                    input.getArgs(),
                    options.build(),
                    input.getHeader()));
        }
    }
}
