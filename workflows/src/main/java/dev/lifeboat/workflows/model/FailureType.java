package dev.lifeboat.workflows.model;

import io.temporal.failure.ApplicationFailure;

/** What is wrong for good: nothing changes until a person changes something. The name is the failure's type in Temporal. */
public enum FailureType {
    /** {@code lifeboat.yml} does not say what is needed, or says it wrongly. */
    CONFIGURATION,
    /** The workflow id is not the right that the runbook needs. */
    WRONG_RIGHT,
    /** The server refused the name or the password. */
    LOGIN_REFUSED,
    /** The server refused, or cannot do, the TLS that is asked for. */
    TLS_REFUSED,
    /** There is no database of that name. */
    DATABASE_NOT_FOUND,
    /** The role may not do what a backup needs. */
    NOT_ALLOWED,
    /** The client programs are missing, or older than the server. */
    CLIENT_UNSUITABLE,
    /** A pooler answered where the server itself is needed. */
    POOLED_CONNECTION,
    /** The repository is missing, not writable, or somebody else's. */
    REPOSITORY_UNSUITABLE,
    /** A dump does not hold what the database had at that moment. */
    DUMP_AND_DATABASE_DIFFER,
    /** What is stored is not what was written. */
    STORED_BYTES_DIFFER,
    /** A required copy of a committed backup could not be made. */
    COPY_MISSING,
    /** A committed backup was looked into, and is not what its manifest says. */
    NOT_TO_BE_TRUSTED,
    /** A manifest of that backup is there with other content. */
    ALREADY_COMMITTED,
    /** A run that another Temporal keeps, and that may still be at work, claims what this one wants to work on. */
    CLAIMED,
    /** Another run has claimed what this one worked on; this one does nothing more. */
    SUPERSEDED,
    /** An operator ended the run at a step. */
    ABORTED;

    /**
     * The failure to throw, in a runbook or in an activity: it is not tried again quickly, and its hint travels as the
     * first detail.
     *
     * @param problem lower case, names quoted, no full stop
     * @param hint the next move, in one sentence
     */
    public ApplicationFailure because(String problem, String hint) {
        return ApplicationFailure.newBuilder()
                .setType(name())
                .setMessage(problem)
                .setDetails(hint)
                .setNonRetryable(true)
                .build();
    }
}
