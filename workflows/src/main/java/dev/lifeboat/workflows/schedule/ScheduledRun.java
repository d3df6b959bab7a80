package dev.lifeboat.workflows.schedule;

import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.ScheduleActivities.Due;
import dev.lifeboat.workflows.activity.ScheduleActivities.Point;
import dev.lifeboat.workflows.backup.BackUpDatabase;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.verify.VerifyBackups;
import dev.lifeboat.workflows.verify.VerifyReport;
import dev.lifeboat.workflows.verify.VerifyRequest;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** The runbook that a point in time asks for, as a child under its right. */
final class ScheduledRun {

    private static final String BACKUP = "backup";
    private static final String VERIFY = "verify";

    private final Point point;
    private final Due due;

    ScheduledRun(Point point, Due due) {
        this.point = point;
        this.due = due;
    }

    /** The runbook's name, as Temporal shows it. */
    static String runbook(Point point) {
        return switch (point.verb()) {
            case BACKUP -> "BackUpDatabase";
            case VERIFY -> "VerifyBackups";
            default ->
                throw FailureType.CONFIGURATION.because(
                        "nothing is run on a schedule under the right '%s'".formatted(point.right()),
                        "take this schedule away: lifeboat schedules apply");
        };
    }

    /** Runs it to its end; empty if somebody else has the right. A cancel of this run goes on to it, and is waited for. */
    Optional<Outcome> toItsEnd() {
        try {
            return Optional.of(
                    switch (point.verb()) {
                        case BACKUP -> backup();
                        case VERIFY -> verify();
                        default -> throw new IllegalStateException(point.right());
                    });
        } catch (ChildWorkflowFailure e) {
            if (e.getCause() instanceof WorkflowExecutionAlreadyStarted) {
                return Optional.empty();
            }
            if (CancellationScope.current().isCancelRequested()) {
                throw e;
            }
            return Optional.of(badly(e));
        }
    }

    // A run that was left behind in a lost server does nothing more when that returns: another one has done it.
    private static Outcome badly(ChildWorkflowFailure e) {
        return Trouble.isSuperseded(e)
                ? new Outcome.Joined(Trouble.problem(e))
                : new Outcome.Failed(Trouble.problem(e), hasTold(e));
    }

    // A run that gives up says so. One that a person ended says nothing, and its point is lost all the same.
    private static boolean hasTold(ChildWorkflowFailure e) {
        boolean endedFromOutside = e.getCause() instanceof TerminatedFailure || e.getCause() instanceof CanceledFailure;
        return !endedFromOutside && !Trouble.isAbort(e);
    }

    private Outcome backup() {
        BackUpDatabase run = Workflow.newChildWorkflowStub(BackUpDatabase.class, options());
        Promise<BackupReport> report =
                Async.function(run::run, BackupRequest.onSchedule(point.target(), due.nominal(), due.tiers()));
        BackupReport made = report.get();
        return made.alreadyMade() ? new Outcome.AlreadyMade(made.backup()) : new Outcome.Made(made.backup());
    }

    /** Whatever its verdict: it tells that itself, and this point has its verification. */
    private Outcome verify() {
        VerifyBackups run = Workflow.newChildWorkflowStub(VerifyBackups.class, options());
        Promise<VerifyReport> report = Async.function(run::run, VerifyRequest.onSchedule(point.target()));
        return new Outcome.Made(report.get().run().value());
    }

    private ChildWorkflowOptions options() {
        return ChildWorkflowOptions.newBuilder()
                .setWorkflowId(point.right())
                .setTaskQueue(Queue.CONTROL.taskQueue())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setStaticSummary("%s for %s (%s)"
                        .formatted(point.right(), due.nominal(), due.tiers().getFirst()))
                .build();
    }
}
