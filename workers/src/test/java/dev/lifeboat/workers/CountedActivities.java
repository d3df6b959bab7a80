package dev.lifeboat.workers;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;

/** Makes every activity an effect: it begins before its pulse does, and ends before Temporal hears of its end. */
final class CountedActivities extends WorkerInterceptorBase {

    private final Effects effects;

    CountedActivities(Effects effects) {
        this.effects = effects;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {

            private String name = "";

            @Override
            public void init(ActivityExecutionContext context) {
                name = context.getInfo().getActivityType();
                super.init(context);
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                return effects.activity(name, () -> super.execute(input));
            }
        };
    }
}
