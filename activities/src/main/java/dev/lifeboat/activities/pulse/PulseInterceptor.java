package dev.lifeboat.activities.pulse;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import org.jspecify.annotations.Nullable;

/** Gives every activity a pulse and translates what it throws into words. No activity beats by itself. */
public final class PulseInterceptor extends WorkerInterceptorBase {

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Beating(next);
    }

    private static final class Beating extends ActivityInboundCallsInterceptorBase {

        private @Nullable ActivityExecutionContext context;

        Beating(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            this.context = context;
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            ActivityExecutionContext here = context;
            if (here == null) {
                throw new IllegalStateException("an activity ran before it was initialised");
            }
            try (Pulse pulse = Pulse.begin(Heart.of(here), here.getInfo().getActivityType())) {
                return worked(pulse, input);
            }
        }

        private ActivityOutput worked(Pulse pulse, ActivityInput input) {
            try {
                return super.execute(input);
            } catch (ActivityCompletionException told) {
                throw told;
            } catch (RuntimeException problem) {
                // What was told is the cause; the broken pipe or closed connection is only its effect.
                throw pulse.told().orElseGet(() -> FailureWords.of(problem));
            }
        }
    }
}
