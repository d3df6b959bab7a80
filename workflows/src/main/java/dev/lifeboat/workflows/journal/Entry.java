package dev.lifeboat.workflows.journal;

import java.time.Instant;

/**
 * One step of a run, and when (UTC) it reached its status.
 *
 * @param note why it failed, was skipped, or waits; empty if there is nothing to say
 */
public record Entry(String title, Status status, Instant since, String note) {

    public enum Status {
        RUNNING,
        WAITING,
        DONE,
        SKIPPED,
        FAILED
    }
}
