package dev.lifeboat.starter.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** The one document of {@code --json}. Fields are named one by one, so that they stay as docs/json.md says. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** What {@code --json} prints when the command cannot go on. */
    public static ObjectNode error(CommandException trouble) {
        ObjectNode document = object();
        document.putObject("error")
                .put("problem", trouble.problem())
                .put("hint", trouble.hint())
                .put("exitCode", trouble.exitCode().number());
        return document;
    }

    public static String text(ObjectNode document) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
