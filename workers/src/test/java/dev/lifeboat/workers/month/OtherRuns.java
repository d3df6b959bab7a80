package dev.lifeboat.workers.month;

import dev.lifeboat.workflows.activity.ScheduleActivities;
import dev.lifeboat.workflows.activity.VerificationActivities;
import dev.lifeboat.workflows.model.Document;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The product's own answers, but for waiting: time stands still while an activity waits here, so it waits for a moment.
 * Then a run that looks every minute anyway is told that nothing came of it, and any other is asked again by Temporal.
 */
final class OtherRuns {

    private static final Duration A_MOMENT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(6));

    private final World world;

    OtherRuns(World world) {
        this.world = world;
    }

    ScheduleActivities schedule(ScheduleActivities real) {
        return new ScheduleActivities() {
            @Override
            public Due due(Point point) {
                return real.due(point);
            }

            @Override
            public Missed missed(Point point, Instant from) {
                return real.missed(point, from);
            }

            @Override
            public Held holder(String right) {
                return real.holder(right);
            }

            @Override
            public Ended awaitEnd(String right, String runId) {
                WorkflowExecutionStatus status = await(right, Optional.of(runId));
                return new Ended(status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED, status.name());
            }
        };
    }

    VerificationActivities verification(VerificationActivities real) {
        return new VerificationActivities() {
            @Override
            public VerificationPolicy load(String database) {
                return real.load(database);
            }

            @Override
            public Waited awaitBackup(String database, Instant until) {
                return waited("backup/" + database);
            }

            @Override
            public Document record(String repository, Outcome outcome) {
                return real.record(repository, outcome);
            }
        };
    }

    private VerificationActivities.Waited waited(String right) {
        try {
            WorkflowExecutionStatus before = status(right, Optional.empty());
            if (before != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
                return VerificationActivities.Waited.FOR_NOBODY;
            }
            WorkflowExecutionStatus after = await(right, Optional.empty());
            if (after == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
                return notYet(right);
            }
            boolean well = after == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
            return new VerificationActivities.Waited(
                    Optional.of(right), Optional.empty(), well ? Optional.empty() : Optional.of(after.name()), true);
        } catch (WorkflowNotFoundException nothingYet) {
            return VerificationActivities.Waited.FOR_NOBODY;
        }
    }

    /** Half a day in all, which is longer than a backup bears any trouble. */
    private static VerificationActivities.Waited notYet(String right) {
        int tries = Activity.getExecutionContext().getInfo().getAttempt();
        if (tries > PAUSES.size()) {
            return new VerificationActivities.Waited(
                    Optional.of(right), Optional.empty(), Optional.of("it has not ended yet"), true);
        }
        throw ApplicationFailure.newBuilder()
                .setMessage("it runs")
                .setType("RUNS")
                .setNextRetryDelay(PAUSES.get(tries - 1))
                .build();
    }

    private WorkflowExecutionStatus await(String id, Optional<String> runId) {
        long end = System.nanoTime() + (world.isWhole() ? A_MOMENT : BETWEEN_LOOKS).toNanos();
        WorkflowExecutionStatus status = status(id, runId);
        while (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            status = status(id, runId);
        }
        return status;
    }

    private static WorkflowTargetOptions target(String id, Optional<String> runId) {
        WorkflowTargetOptions.Builder target =
                WorkflowTargetOptions.newBuilder().setWorkflowId(id);
        runId.ifPresent(target::setRunId);
        return target.build();
    }

    private static WorkflowExecutionStatus status(String id, Optional<String> runId) {
        WorkflowStub run = Activity.getExecutionContext().getWorkflowClient().newUntypedWorkflowStub(target(id, runId));
        return run.describe().getStatus();
    }
}
