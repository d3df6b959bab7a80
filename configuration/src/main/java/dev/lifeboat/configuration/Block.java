package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One map of the settings file while it is read.
 *
 * <p>Whoever reads asks for each key it knows; what nobody asked for is an unknown key. Trouble is noted, not thrown, so
 * that the rest is read too; a value that was refused comes back empty.
 */
final class Block {

    /** Turns a written value into what it means, or throws {@link Refused}. */
    interface Meaning<T> {
        T of(JsonNode written);
    }

    private final ObjectNode content;
    private final List<String> path;
    private final Findings findings;
    private final Set<String> known = new LinkedHashSet<>();

    private Block(ObjectNode content, List<String> path, Findings findings) {
        this.content = content;
        this.path = path;
        this.findings = findings;
    }

    /** Reads the whole file; throws {@link ConfigurationException} with all that was found on the way. */
    static <T> T readAll(ObjectNode root, Findings findings, Function<Block, T> reading) {
        T result = new Block(root, List.of(), findings).readBy(reading);
        findings.throwIfAny();
        return result;
    }

    <T> Optional<T> value(String key, Meaning<T> meaning) {
        return written(key).flatMap(node -> judge(child(path, key), node, meaning));
    }

    <T> Optional<T> required(String key, String hint, Meaning<T> meaning) {
        if (!has(key)) {
            known.add(key);
            refuse("'%s' is missing".formatted(key), hint);
            return Optional.empty();
        }
        return value(key, meaning);
    }

    /** A reference to a secret; the secret itself is read by whoever needs it. */
    Optional<SecretRef> secret(String key) {
        return value(key, node -> References.understand(Scalar.text(node), placeOf(key)));
    }

    /** The items of a list; empty when the key is not written. */
    <T> List<T> list(String key, Meaning<T> meaning) {
        List<String> here = child(path, key);
        Optional<ArrayNode> list = written(key).flatMap(node -> judge(here, node, Scalar::list));
        List<T> items = new ArrayList<>();
        list.ifPresent(nodes -> {
            for (int item = 0; item < nodes.size(); item++) {
                judge(child(here, "[" + item + "]"), nodes.get(item), meaning).ifPresent(items::add);
            }
        });
        return List.copyOf(items);
    }

    /**
     * A block inside this one; read as if it were there and empty when it is not, so that defaults are in one place. When
     * something else is written there, that alone is the trouble: what its keys lack is not counted.
     */
    <T> T block(String key, Function<Block, T> reading) {
        List<String> here = child(path, key);
        Optional<JsonNode> written = written(key);
        Optional<ObjectNode> inner = written.flatMap(node -> judge(here, node, Scalar::map));
        boolean refused = written.isPresent() && inner.isEmpty();
        return new Block(
                        inner.orElseGet(JsonNodeFactory.instance::objectNode),
                        here,
                        refused ? findings.unheard() : findings)
                .readBy(reading);
    }

    /** The named blocks under {@code key}, in the order of the file; those that were refused are left out. */
    <T> Map<String, T> named(String key, Function<Named, Optional<T>> reading) {
        Map<String, T> all = new LinkedHashMap<>();
        block(key, entries -> {
            entries.content.fieldNames().forEachRemaining(name -> {
                if (Names.isGood(name)) {
                    entries.block(name, block -> reading.apply(new Named(name, block)))
                            .ifPresent(entry -> all.put(name, entry));
                } else {
                    entries.known.add(name);
                    entries.refuseAt(name, Names.problem(name), Names.HINT);
                }
            });
            return all;
        });
        return Collections.unmodifiableMap(all);
    }

    /**
     * One value for everything, or a map of several with one called {@code default}; empty when the key is not written.
     * One value alone is the default.
     */
    <T> Map<String, T> eachOrDefault(String key, Meaning<T> meaning) {
        if (!content.path(key).isObject()) {
            return value(key, meaning).map(one -> Map.of("default", one)).orElseGet(Map::of);
        }
        return block(key, entries -> {
            Map<String, T> all = new LinkedHashMap<>();
            entries.content
                    .fieldNames()
                    .forEachRemaining(name -> entries.value(name, meaning).ifPresent(entry -> all.put(name, entry)));
            if (!entries.has("default")) {
                entries.refuse("'default' is missing", "say what holds for all other tags, as in default: …");
            }
            return Collections.unmodifiableMap(all);
        });
    }

    record Named(String name, Block block) {}

    /** The names written under {@code key}, also of entries that were refused. */
    Set<String> namesUnder(String key) {
        Set<String> names = new LinkedHashSet<>();
        content.path(key).fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean isMap(String key) {
        return content.path(key).isObject();
    }

    boolean isEmptyMap(String key) {
        return content.path(key).isObject() && content.path(key).isEmpty();
    }

    boolean isEmptyList(String key) {
        return content.path(key).isArray() && content.path(key).isEmpty();
    }

    boolean has(String key) {
        return content.has(key);
    }

    /** Says that a key is known although nobody asks for its value. */
    void known(String key) {
        known.add(key);
    }

    private Place placeOf(String key) {
        return findings.place(child(path, key));
    }

    void refuse(String problem, String hint) {
        findings.add(path, problem, hint);
    }

    void refuseAt(String key, String problem, String hint) {
        findings.add(child(path, key), problem, hint);
    }

    static List<String> child(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return List.copyOf(longer);
    }

    private <T> T readBy(Function<Block, T> reading) {
        T result = reading.apply(this);
        content.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                findings.addUnknown(path, key, known);
            }
        });
        return result;
    }

    private Optional<JsonNode> written(String key) {
        known.add(key);
        return Optional.ofNullable(content.get(key));
    }

    private <T> Optional<T> judge(List<String> where, JsonNode node, Meaning<T> meaning) {
        try {
            if (Scalar.isNothing(node)) {
                throw new Refused("nothing is written here", "give it a value or remove the line.");
            }
            return Optional.of(meaning.of(node));
        } catch (Refused e) {
            findings.add(where, e.problem(), e.hint());
            return Optional.empty();
        }
    }
}
