package dev.lifeboat.workers.month;

import dev.lifeboat.workers.judgement.Plan;
import dev.lifeboat.workers.judgement.Run;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * What Temporal does with one schedule, which the server in this JVM cannot: it begins a run for each point with the point
 * in its id, skips a point while the run before is open, and after an outage begins what is not older than the catch-up
 * window. It hands each run what the one before has reported: here, by what its request says.
 */
final class Scheduler {

    static final SearchAttributeKey<OffsetDateTime> SCHEDULED =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

    private final Plan plan;
    private final WorkflowClient client;
    private Optional<WorkflowStub> last = Optional.empty();
    private Instant doneUpTo;
    private Instant lookedUpTo;

    Scheduler(Plan plan, WorkflowClient client, Instant from) {
        this.plan = plan;
        this.client = client;
        this.doneUpTo = from;
        this.lookedUpTo = from;
    }

    /** Does all that is due by now. Returns how many points it let go by. */
    int look(Instant now) {
        int lost = 0;
        for (Instant point : plan.firings(doneUpTo, now)) {
            if (point.plus(plan.catchUp()).isBefore(now) || isOpen()) {
                lost++;
            } else {
                begin(point);
            }
        }
        doneUpTo = now;
        return lost;
    }

    private void begin(Instant point) {
        WorkflowStub run = client.newUntypedWorkflowStub(
                "RunOnSchedule",
                WorkflowOptions.newBuilder()
                        .setTaskQueue(Queue.CONTROL.taskQueue())
                        .setWorkflowId(plan.request().workflowId() + "-" + point)
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(SCHEDULED, point.atOffset(ZoneOffset.UTC))
                                .build())
                        .build());
        last.flatMap(this::report).flatMap(ScheduleReport::lookedUpTo).ifPresent(it -> lookedUpTo = it);
        run.start(plan.request().since(lookedUpTo));
        last = Optional.of(run);
    }

    // Not by waiting for its result, although it is there: that would let years pass here.
    private Optional<ScheduleReport> report(WorkflowStub ended) {
        return Run.of(client, Objects.requireNonNull(ended.getExecution())).result(ScheduleReport.class);
    }

    /** Whether the run that it began last has not ended. */
    boolean isOpen() {
        return last.filter(it -> it.describe().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING)
                .isPresent();
    }
}
