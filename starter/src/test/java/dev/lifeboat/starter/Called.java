package dev.lifeboat.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifeboat.starter.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One call of the command in this JVM: its exit code and what it wrote. */
record Called(int exitCode, String out, String err) {

    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static Called in(Path folder, String... arguments) {
        return in(folder, Map.of(), arguments);
    }

    static Called in(Path folder, Map<String, String> environment, String... arguments) {
        return in(folder, environment, new ByteArrayOutputStream(), arguments);
    }

    /** The same, and what it says to people can be read in {@code err} while it goes on. */
    static Called in(Path folder, Map<String, String> environment, ByteArrayOutputStream err, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.Shape.PLAIN,
                System::nanoTime);
        int exitCode = Lifeboat.run(new Surroundings(terminal, environment, folder, folder), arguments);
        return new Called(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as exactly one JSON document. */
    JsonNode json() {
        try {
            return STRICT.readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one JSON document: " + out, e);
        }
    }
}
