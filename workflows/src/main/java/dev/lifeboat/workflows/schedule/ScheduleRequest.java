package dev.lifeboat.workflows.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.workflows.Plainest;
import dev.lifeboat.workflows.Request;
import dev.lifeboat.workflows.model.Tag;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule asks for, the same each time; the point in time comes from Temporal.
 *
 * @param right what is to be run, such as {@code backup/orders}
 * @param rhythm how often, such as {@code daily}
 * @param since when the schedule got the times that it has (UTC): before, it had no points; empty if nobody knows, and then
 *     nobody can say what was missed
 */
@Plainest("{\"right\": \"backup/orders\", \"rhythm\": \"daily\"}")
public record ScheduleRequest(String right, Tag rhythm, Optional<Instant> since) implements Request {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static ScheduleRequest read(
            @JsonProperty("right") @Nullable String right,
            @JsonProperty("rhythm") @Nullable Tag rhythm,
            @JsonProperty("since") @Nullable Instant since) {
        if (right == null || rhythm == null) {
            throw new IllegalArgumentException("the request names no right, or no rhythm");
        }
        return new ScheduleRequest(right, rhythm, Optional.ofNullable(since));
    }

    /** The same, of a schedule that has had these times since then. */
    public ScheduleRequest since(Instant instant) {
        return new ScheduleRequest(right, rhythm, Optional.of(instant));
    }

    /** What its workflow id begins with. */
    public String workflowId() {
        return "on-schedule/%s/%s".formatted(right, rhythm);
    }
}
