package dev.lifeboat.activities;

import dev.lifeboat.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;

/** Failing in words: the problem for the log, the hint for the person who was just woken up. */
public final class Failures {

    private Failures() {}

    /** For good: trying again changes nothing until a person has changed something. */
    public static ApplicationFailure permanent(FailureType type, String problem, String hint) {
        return ApplicationFailure.newBuilder()
                .setType(type.name())
                .setMessage(words(problem, hint))
                .setNonRetryable(true)
                .build();
    }

    /** For now: worth trying again. {@code type} is counted, upper case words joined by underscores. */
    public static ApplicationFailure passing(String type, String problem, String hint) {
        return ApplicationFailure.newBuilder()
                .setType(type)
                .setMessage(words(problem, hint))
                .build();
    }

    private static String words(String problem, String hint) {
        // What a lower layer said may be a sentence already.
        return "%s. Hint: %s".formatted(problem.replaceAll("[.\\s]+$", ""), hint);
    }
}
