package dev.lifeboat.workflows.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lifeboat.workflows.Plainest;
import dev.lifeboat.workflows.Request;

/** What an incident is of, such as {@code backup/orders}. */
@Plainest("\"backup/orders\"")
public record IncidentRequest(@JsonValue String about) implements Request {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IncidentRequest {}
}
