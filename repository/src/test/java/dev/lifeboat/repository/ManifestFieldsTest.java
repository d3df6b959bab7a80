package dev.lifeboat.repository;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field that a manifest and an attempt have, taken away one by one. */
class ManifestFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Key KEY = Layout.manifest(Samples.ORDERS);

    /** What may be missing: what is not always there, and what an older format had no word for. */
    private static final Set<String> OPTIONAL = Set.of(
            "tag",
            "hold",
            "note",
            "operator",
            "keepUntil",
            "sequences",
            "collationVersion",
            "localeProvider",
            "monetary",
            "migration");

    private static final Attempt ATTEMPT = Samples.attempt(
            Samples.ORDERS, "a1", List.of(Samples.object(Samples.ORDERS, "a1", "orders.dump.zst.age", "one")));

    static Stream<Taken> everyField() throws IOException {
        return Stream.concat(
                fields(Manifest.class, Manifest.of(ATTEMPT, Samples.labels()), Manifest.FORMAT),
                fields(Attempt.class, ATTEMPT, Attempt.FORMAT));
    }

    @ParameterizedTest
    @MethodSource("everyField")
    void a_required_field_that_is_missing_or_null_is_damage_and_named(Taken field) throws IOException {
        for (boolean asNull : List.of(true, false)) {
            byte[] bytes = field.away(asNull);
            StoreException damaged = catchThrowableOfType(
                    StoreException.class, () -> Documents.read(field.type(), KEY, bytes, field.format()));

            if (field.isOptional()) {
                assertThat(damaged).as(field.toString()).isNull();
                continue;
            }
            assertThat(damaged).as(field + (asNull ? " null" : " missing")).isNotNull();
            assertThat(damaged.problem()).isEqualTo(DAMAGED);
            assertThat(damaged).hasMessageContaining(KEY.value()).hasMessageContaining(field.name());
        }
    }

    private static Stream<Taken> fields(Class<?> type, Object document, int format) throws IOException {
        String json = new String(Documents.write(document, format), UTF_8);
        List<Taken> found = new ArrayList<>();
        walk(JSON.readTree(json), "", pointer -> found.add(new Taken(type, pointer, json, format)));
        return found.stream();
    }

    private static void walk(JsonNode node, String at, java.util.function.Consumer<String> found) {
        if (node instanceof ObjectNode) {
            node.properties().forEach(field -> {
                found.accept(at + "/" + field.getKey());
                walk(field.getValue(), at + "/" + field.getKey(), found);
            });
        }
        if (node instanceof ArrayNode) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), at + "/" + i, found);
            }
        }
    }

    record Taken(Class<?> type, String pointer, String json, int format) {

        String name() {
            return pointer.substring(pointer.lastIndexOf('/') + 1);
        }

        boolean isOptional() {
            return pointer.startsWith("/tables/") ? name().equals("rows") : OPTIONAL.contains(name());
        }

        byte[] away(boolean asNull) throws IOException {
            JsonNode tree = JSON.readTree(json);
            ObjectNode parent =
                    (ObjectNode) tree.at(JsonPointer.compile(pointer).head());
            if (asNull) {
                parent.putNull(name());
            } else {
                parent.remove(name());
            }
            return JSON.writeValueAsBytes(tree);
        }

        @Override
        public String toString() {
            return type.getSimpleName() + pointer;
        }
    }
}
