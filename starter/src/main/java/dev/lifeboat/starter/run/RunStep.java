package dev.lifeboat.starter.run;

import java.time.Instant;
import java.util.Optional;

/**
 * One step of a run, as its history tells it. A step that is tried again by its runbook is a step of its own.
 *
 * @param activityId by which Temporal names the activity while it runs
 * @param queue where it waits for a worker
 * @param attempt how often Temporal began it; known once it ended
 * @param problem why it failed; empty if it did not
 */
public record RunStep(
        String activityId,
        String title,
        String queue,
        Status status,
        Instant began,
        Optional<Instant> ended,
        int attempt,
        String problem) {

    public enum Status {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    RunStep begunAs(int number) {
        return new RunStep(activityId, title, queue, status, began, ended, number, problem);
    }

    RunStep end(Status how, Instant when, String why) {
        return new RunStep(activityId, title, queue, how, began, Optional.of(when), attempt, why);
    }
}
