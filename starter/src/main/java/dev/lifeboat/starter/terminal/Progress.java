package dev.lifeboat.starter.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * How far a running step is, as its heartbeat says.
 *
 * @param what what is being done, in one word
 * @param total 0 if unknown
 * @param unit {@code bytes}, or what else is counted
 */
public record Progress(String what, long done, long total, boolean totalIsEstimate, String unit) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Reads the details of a heartbeat; empty if they are of another kind, which is no reason to stop. */
    public static Optional<Progress> read(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node == null || !node.isObject() || !node.path("done").isNumber()) {
                return Optional.empty();
            }
            return Optional.of(new Progress(
                    node.path("what").asText(""),
                    node.path("done").asLong(),
                    node.path("total").asLong(0),
                    node.path("totalIsEstimate").asBoolean(false),
                    node.path("unit").asText("")));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
