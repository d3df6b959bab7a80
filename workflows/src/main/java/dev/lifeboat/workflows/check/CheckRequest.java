package dev.lifeboat.workflows.check;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.workflows.Plainest;
import dev.lifeboat.workflows.Request;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a check.
 *
 * @param operator who asked
 * @param configuration SHA-256 of the asker's own configuration, to be compared with the workers'; empty if unknown
 * @param tell whether each channel is sent a test message
 */
@Plainest("{}")
public record CheckRequest(String operator, String configuration, boolean tell) implements Request {

    @JsonCreator
    static CheckRequest read(
            @JsonProperty("operator") @Nullable String operator,
            @JsonProperty("configuration") @Nullable String configuration,
            @JsonProperty("tell") @Nullable Boolean tell) {
        return new CheckRequest(
                operator == null ? "unknown" : operator,
                configuration == null ? "" : configuration,
                Boolean.TRUE.equals(tell));
    }
}
