package dev.lifeboat.workers;

import dev.lifeboat.workflows.activity.NotificationActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes Temporal impatient: a lost worker is noticed in seconds and tried again at once.
 * Timeouts and timers may change between a run and its replay, so no history notices.
 */
final class Impatience extends WorkerInterceptorBase {

    private static final int MINUTES_BECOME_SECONDS = 60;

    /** What one incident is about whose days are over soon: it reminds people, as no other one does in a test. */
    static final String SHORT_DAYS = "backup/short-days";

    private static final long TIMES = Duration.ofDays(1).dividedBy(Duration.ofSeconds(45));

    /** Whoever dies so often in one activity takes long for it, however short the activity is. */
    private static final Duration TIME_FOR_ATTEMPTS = Duration.ofMinutes(30);

    private final Duration heartbeat;
    private final String bug;
    private final int attempts;

    /**
     * For one worker.
     *
     * @param bug the activity at whose call the runbook of this worker has a bug; none if blank
     * @param attempts at an activity, instead of the five that the product makes; those if 0
     */
    Impatience(Duration heartbeat, String bug, int attempts) {
        this.heartbeat = heartbeat;
        this.bug = bug;
        this.attempts = attempts;
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public void init(WorkflowOutboundCallsInterceptor outbound) {
                boolean shortDays =
                        Workflow.getInfo().getWorkflowId().equals(NotificationActivities.incident(SHORT_DAYS));
                super.init(shortDays ? new ShortDays(outbound) : new Hurried(outbound));
            }
        };
    }

    private class Hurried extends WorkflowOutboundCallsInterceptorBase {

        Hurried(WorkflowOutboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
            if (input.getActivityName().equals(bug)) {
                throw new NullPointerException("a bug of ours");
            }
            return super.executeActivity(new ActivityInput<>(
                    input.getActivityName(),
                    input.getResultClass(),
                    input.getResultType(),
                    input.getArgs(),
                    hurried(input.getOptions()),
                    input.getHeader()));
        }

        @Override
        public boolean await(Duration timeout, @Nullable String reason, Supplier<Boolean> unblocked) {
            return super.await(timeout.dividedBy(MINUTES_BECOME_SECONDS), reason, unblocked);
        }

        private ActivityOptions hurried(ActivityOptions options) {
            RetryOptions retry = options.getRetryOptions();
            ActivityOptions.Builder hurried = ActivityOptions.newBuilder(options)
                    .setHeartbeatTimeout(heartbeat)
                    .setRetryOptions(RetryOptions.newBuilder(retry)
                            .setInitialInterval(Duration.ofMillis(200))
                            .setMaximumInterval(Duration.ofSeconds(1))
                            .setMaximumAttempts(attempts == 0 ? retry.getMaximumAttempts() : attempts)
                            .build());
            return attempts == 0
                    ? hurried.build()
                    : hurried.setScheduleToCloseTimeout(TIME_FOR_ATTEMPTS).build();
        }
    }

    /** In its eyes a day is over soon; each of its replays sees the same. */
    private final class ShortDays extends Hurried {

        private final long started = Workflow.getInfo().getRunStartedTimestampMillis();

        ShortDays(WorkflowOutboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public long currentTimeMillis() {
            return started + TIMES * (super.currentTimeMillis() - started);
        }

        @Override
        public boolean await(Duration timeout, @Nullable String reason, Supplier<Boolean> unblocked) {
            return super.await(timeout.dividedBy(TIMES).multipliedBy(MINUTES_BECOME_SECONDS), reason, unblocked);
        }
    }
}
