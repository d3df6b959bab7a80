package dev.lifeboat.activities;

import dev.lifeboat.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;

/** Failing in words: the problem is the message, and the hint for the person who was just woken up the first detail. */
public final class Failures {

    private Failures() {}

    /** For good: trying again changes nothing until a person has changed something. */
    public static ApplicationFailure permanent(FailureType type, String problem, String hint) {
        return type.because(problem, hint);
    }

    /** For now: worth trying again. {@code type} is counted, upper case words joined by underscores. */
    public static ApplicationFailure passing(String type, String problem, String hint) {
        return ApplicationFailure.newBuilder()
                .setType(type)
                .setMessage(problem)
                .setDetails(hint)
                .build();
    }

    /** The hint that came with a failure; empty if none did. */
    public static String hint(ApplicationFailure failure) {
        return failure.getDetails().getSize() == 0 ? "" : failure.getDetails().get(String.class);
    }
}
