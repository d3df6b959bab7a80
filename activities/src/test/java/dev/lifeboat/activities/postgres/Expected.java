package dev.lifeboat.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a failure of an activity has to look: typed, in words, with a hint, and without anything secret. */
public final class Expected {

    private Expected() {}

    /** Fails for good as {@code type}; returns its words and its hint. */
    public static String permanent(FailureType type, ThrowingCallable work) {
        return failure(type.name(), true, work);
    }

    /** Fails for now as {@code type}; returns its words and its hint. */
    public static String passing(String type, ThrowingCallable work) {
        return failure(type, false, work);
    }

    private static String failure(String type, boolean forGood, ThrowingCallable work) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, work);
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.getType()).as(failure.getOriginalMessage()).isEqualTo(type);
        assertThat(failure.isNonRetryable()).as(failure.getOriginalMessage()).isEqualTo(forGood);
        String hint = Failures.hint(failure);
        assertThat(hint).as("the next move").isNotBlank();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(TestPostgres.PASSWORD, "s\\\\ecret");
        return failure.getOriginalMessage() + "; " + hint;
    }
}
