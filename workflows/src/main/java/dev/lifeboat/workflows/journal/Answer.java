package dev.lifeboat.workflows.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says to a step that failed.
 *
 * @param by who says it
 * @param reason why, for whoever reads the report
 */
public record Answer(Kind kind, String by, String reason) {

    /** What is said to whoever typed something else. */
    public static final String EXAMPLE =
            "an answer is JSON such as {\"kind\":\"retry\",\"by\":\"ann\",\"reason\":\"\"}; kind is retry, skip or abort";

    public enum Kind {
        RETRY,
        SKIP,
        ABORT
    }

    // Typed by hand in Temporal's UI, an answer may lack all but its kind.
    @JsonCreator
    static Answer read(
            @JsonProperty("kind") @Nullable Kind kind,
            @JsonProperty("by") @Nullable String by,
            @JsonProperty("reason") @Nullable String reason) {
        if (kind == null) {
            throw new IllegalArgumentException(EXAMPLE);
        }
        return new Answer(kind, by == null || by.isBlank() ? "unknown" : by, reason == null ? "" : reason);
    }

    String inWords() {
        return reason.isBlank() ? by : by + ": " + reason;
    }
}
