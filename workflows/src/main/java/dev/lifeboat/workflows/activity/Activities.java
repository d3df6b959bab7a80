package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.Queue;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * A runbook's stubs, each on the queue of its interface: the only place with timeouts and retries. Five quick retries are
 * Temporal's; what outlasts them is trouble, and the journal's to bear.
 */
public final class Activities {

    /** Every activity beats; one that is silent this long has lost its worker. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private static final Duration GENEROUS = Duration.ofDays(7);

    /** Longer than waiting for a free slot takes on any night: that nobody took it is then trouble, and told. */
    public static final Duration QUEUEING = Duration.ofHours(2);

    private static final Duration QUICK = Duration.ofMinutes(1);
    /** How long one step of an undo is tried in all. */
    private static final Duration UNDO = Duration.ofMinutes(15);

    /** Longer than a worker with a free slot ever needs to take a task, so that a missing worker is noticed. */
    private static final Duration TAKEN_UP = Duration.ofSeconds(15);

    private static final int QUICK_ATTEMPTS = 5;
    private static final int COURTESY_ATTEMPTS = 3;
    private static final int CHECK_ATTEMPTS = 2;
    private static final int UNLIMITED = 0;

    private Activities() {}

    public static PolicyActivities policy() {
        return Workflow.newActivityStub(PolicyActivities.class, quick(Queue.CONTROL));
    }

    /** Dumping and reading back: as long as it takes, while it beats. */
    public static BackupActivities backup() {
        return Workflow.newActivityStub(BackupActivities.class, work(Queue.WRITE));
    }

    /** Committing: one small object. */
    public static BackupActivities commit() {
        return Workflow.newActivityStub(BackupActivities.class, quick(Queue.WRITE));
    }

    /** Copying: as long as it takes, while it beats. */
    public static CopyActivities copy() {
        return Workflow.newActivityStub(CopyActivities.class, work(Queue.WRITE));
    }

    /** Verifying: as long as it takes, but nobody waits longer than {@code takenUp} for somebody who may. */
    public static VerifyActivities verify(Duration takenUp) {
        return Workflow.newActivityStub(
                VerifyActivities.class,
                on(Queue.READ, QUICK_ATTEMPTS)
                        .setScheduleToStartTimeout(takenUp)
                        .setStartToCloseTimeout(GENEROUS)
                        .build());
    }

    /** Comparing: reads some manifests, each as large as the list of a database's tables. */
    public static CompareActivities compare() {
        return Workflow.newActivityStub(
                CompareActivities.class,
                on(Queue.WRITE, COURTESY_ATTEMPTS)
                        .setScheduleToStartTimeout(QUEUEING)
                        .setStartToCloseTimeout(UNDO)
                        .build());
    }

    /** Removing what lost: a courtesy, so a run ends also where nobody may delete. */
    public static SweepActivities sweep() {
        return Workflow.newActivityStub(
                SweepActivities.class,
                on(Queue.DELETE, QUICK_ATTEMPTS)
                        .setScheduleToStartTimeout(UNDO)
                        .setStartToCloseTimeout(GENEROUS)
                        .build());
    }

    /** Waiting, when a run stops early, until its dump has ended: a minute, because it may never be seen. */
    public static BackupActivities backupToUndo() {
        return Workflow.newActivityStub(BackupActivities.class, undo(Queue.WRITE, QUICK));
    }

    /** Removing, when a run stops early: a quarter of an hour in all. */
    public static SweepActivities sweepToUndo() {
        return Workflow.newActivityStub(SweepActivities.class, undo(Queue.DELETE, UNDO));
    }

    public static ReportActivities report() {
        return Workflow.newActivityStub(ReportActivities.class, quick(Queue.CONTROL));
    }

    /** Reporting when a run stops early: a quarter of an hour in all. */
    public static ReportActivities reportToUndo() {
        return Workflow.newActivityStub(ReportActivities.class, undo(Queue.CONTROL, UNDO));
    }

    public static NotificationActivities notification() {
        return Workflow.newActivityStub(NotificationActivities.class, courtesy(Queue.CONTROL));
    }

    /** Telling people by their channels: who could not be reached is an answer, and no failure. */
    public static DeliveryActivities delivery() {
        return Workflow.newActivityStub(DeliveryActivities.class, quick(Queue.CONTROL));
    }

    public static CheckActivities check() {
        return Workflow.newActivityStub(CheckActivities.class, check(Queue.CONTROL));
    }

    public static WriteCheckActivities writeCheck() {
        return Workflow.newActivityStub(WriteCheckActivities.class, check(Queue.WRITE));
    }

    public static ReadCheckActivities readCheck() {
        return Workflow.newActivityStub(ReadCheckActivities.class, check(Queue.READ));
    }

    public static DeleteCheckActivities deleteCheck() {
        return Workflow.newActivityStub(DeleteCheckActivities.class, check(Queue.DELETE));
    }

    private static ActivityOptions work(Queue queue) {
        return on(queue, QUICK_ATTEMPTS)
                .setScheduleToStartTimeout(QUEUEING)
                .setStartToCloseTimeout(GENEROUS)
                .build();
    }

    private static ActivityOptions quick(Queue queue) {
        return on(queue, QUICK_ATTEMPTS).setStartToCloseTimeout(QUICK).build();
    }

    // That nobody serves the queue is said as such, and not as work that took too long.
    private static ActivityOptions undo(Queue queue, Duration inAll) {
        return on(queue, UNLIMITED)
                .setScheduleToStartTimeout(inAll.multipliedBy(2).dividedBy(3))
                .setScheduleToCloseTimeout(inAll)
                .build();
    }

    /** Telling people helps, and must never hold up a run. */
    private static ActivityOptions courtesy(Queue queue) {
        return on(queue, COURTESY_ATTEMPTS)
                .setStartToCloseTimeout(Duration.ofSeconds(10))
                .setScheduleToCloseTimeout(QUICK)
                .build();
    }

    private static ActivityOptions check(Queue queue) {
        return on(queue, CHECK_ATTEMPTS)
                .setScheduleToStartTimeout(TAKEN_UP)
                .setStartToCloseTimeout(QUICK)
                .build();
    }

    /** What all have in common. A cancelled run waits until the work has really ended. */
    private static ActivityOptions.Builder on(Queue queue, int attempts) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(queue.taskQueue())
                .setHeartbeatTimeout(HEARTBEAT)
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(2))
                        .setBackoffCoefficient(2)
                        .setMaximumInterval(Duration.ofSeconds(30))
                        .setMaximumAttempts(attempts)
                        .build());
    }
}
