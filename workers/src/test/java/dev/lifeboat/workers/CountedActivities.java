package dev.lifeboat.workers;

import static java.util.Objects.requireNonNullElse;

import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.SurveyActivities.SurveyOrder;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;

/**
 * Makes every activity an effect: it begins before its pulse does, and ends before Temporal hears of its end. So is each
 * signal that one sends. Of an activity that a run has several of, its name says which.
 */
final class CountedActivities extends WorkerInterceptorBase {

    private static final String HOME = "main";

    private final Effects effects;

    CountedActivities(Effects effects) {
        this.effects = effects;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {

            private String runbook = "";
            private String name = "";

            @Override
            public void init(ActivityExecutionContext context) {
                runbook = requireNonNullElse(context.getInfo().getWorkflowType(), "");
                name = context.getInfo().getActivityType();
                super.init(new CountedContext(context));
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                return effects.activity(runbook, name + which(input.getArguments()), () -> super.execute(input));
            }
        };
    }

    private static String which(Object[] arguments) {
        for (Object argument : arguments) {
            String which = switch (argument) {
                case Notice notice -> notice.news().name();
                case Telling telling -> telling.kind().name();
                case SurveyOrder order -> further(order.repository());
                case BackupOrder order -> further(order.repository());
                default -> "";
            };
            if (!which.isEmpty()) {
                return " " + which;
            }
        }
        return "";
    }

    private static String further(String repository) {
        return repository.equals(HOME) ? "" : repository;
    }

    /** An activity's own client, which counts what it sends to other runs. */
    private final class CountedContext extends ActivityExecutionContextBase {

        CountedContext(ActivityExecutionContext context) {
            super(context);
        }

        @Override
        public WorkflowClient getWorkflowClient() {
            WorkflowClient client = super.getWorkflowClient();
            return WorkflowClient.newInstance(
                    client.getWorkflowServiceStubs(),
                    WorkflowClientOptions.newBuilder(client.getOptions())
                            .setInterceptors(new CountedSignals())
                            .build());
        }
    }

    private final class CountedSignals extends WorkflowClientInterceptorBase {

        private static final String SIGNAL = "signal";

        @Override
        public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(WorkflowClientCallsInterceptor next) {
            return new WorkflowClientCallsInterceptorBase(next) {

                @Override
                public WorkflowSignalOutput signal(WorkflowSignalInput input) {
                    return effects.effect(SIGNAL, () -> super.signal(input));
                }

                @Override
                public WorkflowSignalWithStartOutput signalWithStart(WorkflowSignalWithStartInput input) {
                    return effects.effect(SIGNAL, () -> super.signalWithStart(input));
                }
            };
        }
    }
}
