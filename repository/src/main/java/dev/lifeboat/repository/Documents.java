package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Stored documents as JSON: the same document is the same bytes, and each says the format it was written in. */
final class Documents {

    private static final String FORMAT = "format";
    private static final String KIND = "kind";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule().addDeserializer(Instant.class, new WrittenInstant()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();
    private static final Pattern NOTHING_THERE = Pattern.compile("Null value for creator property|Cannot map `null`");
    private static final ObjectWriter PRETTY = JSON.writer(printer());

    private Documents() {}

    /** The bytes of a document: its format first, then its fields in the order of the record, and a line feed. */
    static byte[] write(Object document, int format) {
        return write(JSON.createObjectNode().put(FORMAT, format), document);
    }

    /** The same with its kind, so that a signed document of one kind never passes for another. */
    static byte[] write(Object document, int format, String kind) {
        return write(JSON.createObjectNode().put(FORMAT, format).put(KIND, kind), document);
    }

    private static byte[] write(ObjectNode node, Object document) {
        node.setAll(JSON.<ObjectNode>valueToTree(document));
        try {
            return (PRETTY.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours cannot be written as JSON", e);
        }
    }

    /** Reads a document of a format up to {@code newest}; newer ones are UNSUITABLE, and what makes no sense DAMAGED. */
    static <T> T read(Class<T> type, Key key, byte[] bytes, int newest) {
        return value(type, key, tree(key, bytes, newest));
    }

    /** The members of a document, before anything is made of them; throws as {@link #read}. */
    static JsonNode tree(Key key, byte[] bytes, int newest) {
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (IOException | RuntimeException e) {
            throw damaged(key, why(e), e);
        }
        int format = format(key, node);
        if (format > newest) {
            throw new StoreException(
                    UNSUITABLE,
                    "'%s' was written by a newer Lifeboat: format %d; this one reads up to %d"
                            .formatted(key, format, newest),
                    "use a Lifeboat that is at least as new as the one that wrote it.");
        }
        return node;
    }

    static <T> T value(Class<T> type, Key key, JsonNode node) {
        try {
            return JSON.treeToValue(node, type);
        } catch (IOException | RuntimeException e) {
            throw damaged(key, why(e), e);
        }
    }

    /** Refuses a document that says it is of another kind; before {@code since} documents did not say it. */
    static void checkKind(Key key, JsonNode node, String kind, int since) {
        if (format(key, node) >= since && !node.path(KIND).asText().equals(kind)) {
            throw damaged(
                    key, "it does not say that it is a %s".formatted(kind), new IllegalArgumentException("no kind"));
        }
    }

    private static int format(Key key, JsonNode node) {
        JsonNode format = node.path(FORMAT);
        if (!format.canConvertToInt() || !format.isInt() || format.intValue() < 1) {
            throw damaged(key, "it does not say its format", new IllegalArgumentException("no format"));
        }
        return format.intValue();
    }

    private static StoreException damaged(Key key, String why, Exception cause) {
        return new StoreException(
                DAMAGED,
                "'%s' is damaged: %s".formatted(key, why),
                "take it from another repository that has this backup; the data beside it may still be whole.",
                cause);
    }

    /** The field, and Jackson's first line about it; the rest repeats the source. */
    private static String why(Exception e) {
        String words = e instanceof JsonProcessingException known ? known.getOriginalMessage() : e.getMessage();
        String line = String.valueOf(words).lines().findFirst().orElse("it is not JSON");
        String said = NOTHING_THERE.matcher(line).lookingAt() ? "there is nothing" : line;
        return field(e).map(name -> "'%s': %s".formatted(name, said)).orElse(said);
    }

    private static Optional<String> field(Exception e) {
        if (!(e instanceof JsonMappingException known)) {
            return Optional.empty();
        }
        return known.getPath().stream()
                .map(it -> it.getFieldName() == null ? Integer.toString(it.getIndex()) : it.getFieldName())
                .reduce((outer, inner) -> outer + "." + inner);
    }

    private static DefaultPrettyPrinter printer() {
        // Not the system's line feed: the bytes must be the same everywhere.
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
    }
}
