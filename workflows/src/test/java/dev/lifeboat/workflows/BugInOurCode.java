package dev.lifeboat.workflows;

import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;

/** A bug in workflow code, at the place where it would call a certain activity, until it is fixed. */
public final class BugInOurCode extends WorkerInterceptorBase {

    private final String place;
    private volatile boolean fixed;
    private volatile boolean met;

    public BugInOurCode(String place) {
        this.place = place;
    }

    public void fix() {
        fixed = true;
    }

    public boolean met() {
        return met;
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public void init(WorkflowOutboundCallsInterceptor outbound) {
                super.init(new WorkflowOutboundCallsInterceptorBase(outbound) {
                    @Override
                    public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
                        if (!fixed && input.getActivityName().equals(place)) {
                            met = true;
                            throw new NullPointerException("a bug");
                        }
                        return super.executeActivity(input);
                    }
                });
            }
        };
    }
}
