package dev.lifeboat.workflows.journal;

import io.temporal.failure.TemporalFailure;

/**
 * How a run ended that did not end well.
 *
 * @param problem why, in one line
 */
public record Ending(Kind kind, String problem) {

    public enum Kind {
        FAILED,
        ABORTED,
        CANCELLED
    }

    static Ending of(TemporalFailure failure) {
        if (Trouble.isCancel(failure)) {
            return new Ending(Kind.CANCELLED, "cancelled");
        }
        return new Ending(Trouble.isAbort(failure) ? Kind.ABORTED : Kind.FAILED, Trouble.problem(failure));
    }
}
