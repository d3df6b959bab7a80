package dev.lifeboat.starter.run;

import dev.lifeboat.starter.terminal.Progress;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.util.Optional;

/**
 * A step that is under way, as Temporal sees it now.
 *
 * @param isAtWork whether a worker has it, or it waits for one
 * @param lastProblem why the attempt before failed; empty if it is the first
 */
record Pending(String activityId, boolean isAtWork, int attempt, String lastProblem, Optional<Progress> progress) {

    static Pending of(PendingActivityInfo info) {
        boolean hasDetails = info.getHeartbeatDetails().getPayloadsCount() > 0;
        return new Pending(
                info.getActivityId(),
                info.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED,
                Math.max(1, info.getAttempt()),
                info.hasLastFailure() ? Failures.problem(info.getLastFailure()) : "",
                hasDetails
                        ? Progress.read(info.getHeartbeatDetails()
                                .getPayloads(0)
                                .getData()
                                .toStringUtf8())
                        : Optional.empty());
    }
}
