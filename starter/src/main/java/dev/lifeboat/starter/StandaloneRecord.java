package dev.lifeboat.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.starter.local.Folders;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What the folder of a standalone run says about it: all that another command needs to go on with it.
 *
 * @param right the workflow id of the run, such as {@code backup/orders}
 * @param configuration the file, absolute
 * @param host the machine's name in there, if it was not its own
 * @param durable whether the run outlives its server; not so in the stand-in
 * @param by who began it and on which machine, such as {@code ann@db1}; empty in records of before this was kept
 * @param begun when the command began (UTC)
 * @param run the run's name, once it had one
 * @param ended how the run ended, once it did
 */
record StandaloneRecord(
        String right,
        Path configuration,
        Optional<String> host,
        boolean durable,
        String by,
        Instant begun,
        Optional<String> run,
        Optional<End> ended) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FILE = "standalone.json";
    private static final int FORMAT = 1;

    /**
     * The end of a run.
     *
     * @param state such as {@code COMPLETED}
     * @param exitCode what the command returned
     */
    record End(String state, int exitCode, Instant at) {}

    /** With a run that goes on; it may be the second one of its folder. */
    StandaloneRecord named(String name) {
        return new StandaloneRecord(
                right, configuration, host, durable, by, begun, Optional.of(name), Optional.empty());
    }

    StandaloneRecord ended(End end) {
        return new StandaloneRecord(right, configuration, host, durable, by, begun, run, Optional.of(end));
    }

    /** Replaces what the folder says: at every moment it holds the old record or the new one. */
    void write(Path folder) {
        ObjectNode document = Json.object()
                .put("format", FORMAT)
                .put("right", right)
                .put("configuration", configuration.toString())
                .put("host", host.orElse(null))
                .put("durable", durable)
                .put("by", by)
                .put("begun", begun.toString())
                .put("run", run.orElse(null));
        ended.ifPresent(end -> document.putObject("ended")
                .put("state", end.state())
                .put("exitCode", end.exitCode())
                .put("at", end.at().toString()));
        try {
            Path fresh = folder.resolve(FILE + ".new");
            Folders.writeOwn(fresh, Json.text(document) + "\n");
            Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a standalone run was ever begun in {@code folder}. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /** @throws CommandException if there is none, or it makes no sense */
    static StandaloneRecord read(Path folder) {
        if (!isIn(folder)) {
            throw CommandException.usage(
                    "'%s' is not the folder of a standalone run".formatted(folder),
                    "Its folder was printed when it began; it holds a file '%s'.".formatted(FILE));
        }
        try {
            return of(MAPPER.readTree(Folders.readOwn(folder.resolve(FILE))));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw CommandException.usage(
                    "'%s' cannot be understood: %s"
                            .formatted(folder.resolve(FILE), Terminal.clean(String.valueOf(e.getMessage()))),
                    "Start the run again; what it stored is found under its name.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StandaloneRecord of(JsonNode document) {
        if (document.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("it is not of format " + FORMAT);
        }
        return new StandaloneRecord(
                text(document, "right").orElseThrow(() -> new IllegalArgumentException("it names no right")),
                Path.of(text(document, "configuration")
                        .orElseThrow(() -> new IllegalArgumentException("it names no configuration"))),
                text(document, "host"),
                document.path("durable").asBoolean(),
                document.path("by").asText(""),
                Instant.parse(document.path("begun").asText()),
                text(document, "run"),
                Optional.of(document.path("ended"))
                        .filter(JsonNode::isObject)
                        .map(it -> new End(
                                it.path("state").asText(),
                                it.path("exitCode").asInt(1),
                                Instant.parse(it.path("at").asText()))));
    }

    private static Optional<String> text(JsonNode document, String field) {
        JsonNode value = document.path(field);
        return value.isTextual() && !value.asText().isBlank() ? Optional.of(value.asText()) : Optional.empty();
    }
}
