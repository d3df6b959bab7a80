package dev.lifeboat.workflows.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.workflows.Plainest;
import dev.lifeboat.workflows.Request;
import dev.lifeboat.workflows.model.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule asks for, the same each time; the point in time comes from Temporal.
 *
 * @param right what is to be run, such as {@code backup/orders}
 * @param rhythm how often, such as {@code daily}
 */
@Plainest("{\"right\": \"backup/orders\", \"rhythm\": \"daily\"}")
public record ScheduleRequest(String right, Tag rhythm) implements Request {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static ScheduleRequest read(
            @JsonProperty("right") @Nullable String right, @JsonProperty("rhythm") @Nullable Tag rhythm) {
        if (right == null || rhythm == null) {
            throw new IllegalArgumentException("the request names no right, or no rhythm");
        }
        return new ScheduleRequest(right, rhythm);
    }

    /** What its workflow id begins with. */
    public String workflowId() {
        return "on-schedule/%s/%s".formatted(right, rhythm);
    }
}
