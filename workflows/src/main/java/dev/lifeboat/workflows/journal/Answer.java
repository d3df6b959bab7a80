package dev.lifeboat.workflows.journal;

/** What an operator says to a step that failed. */
public record Answer(Kind kind, String by, String reason) {

    public enum Kind {
        RETRY,
        SKIP,
        ABORT
    }
}
