package dev.lifeboat.repository.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the table of contents promises: which blocks of data follow, and all that is known without them. */
final class Catalog {

    // A forged dump must not take all memory. Large objects, the only things that come in millions, are not kept.
    private static final int MOST = 2_000_000;
    private static final int MOST_NAME_BYTES = 1 << 27;

    // Names may contain anything, but nothing comes after the two values.
    private static final Pattern VALUE = Pattern.compile(", (-?\\d{1,19}), (true|false)\\);\\s*$");

    private final Map<Integer, Block> blocks = new HashMap<>();
    private final List<SequenceValue> sequences = new ArrayList<>();
    private final List<Relation> relations = new ArrayList<>();
    private Names names = Names.of("'UTF8'");
    private long nameBytes;

    /** What a block of data is to hold. */
    sealed interface Block {}

    /** The rows of a table. */
    record Rows(String schema, String name) implements Block {}

    /** Large objects. */
    record Objects() implements Block {}

    /** Adds an entry; false when it is of a kind that we do not know how to read. */
    boolean add(Entry entry, Window window) {
        switch (entry.description) {
            case "ENCODING" -> names = Names.of(entry.definitionText());
            case "TABLE" -> relation(Relation.Kind.TABLE, entry, window);
            case "FOREIGN TABLE" -> relation(Relation.Kind.FOREIGN_TABLE, entry, window);
            case "MATERIALIZED VIEW" -> relation(Relation.Kind.MATERIALIZED_VIEW, entry, window);
            case "SEQUENCE SET" -> {
                return sequence(entry, window);
            }
            default -> {}
        }
        return !entry.hasData || block(entry, window);
    }

    private boolean block(Entry entry, Window window) {
        Optional<Block> block = switch (entry.description) {
            // Without a COPY statement the rows are INSERT statements.
            case "TABLE DATA" ->
                entry.hasCopy ? Optional.of(new Rows(schema(entry, window), name(entry, window))) : Optional.empty();
            case "BLOBS" -> Optional.of(new Objects());
            default -> Optional.empty();
        };
        if (block.isPresent() && blocks.put(entry.id, block.get()) != null) {
            throw window.damaged("two entries have the id %d".formatted(entry.id));
        }
        return block.isPresent();
    }

    private void relation(Relation.Kind kind, Entry entry, Window window) {
        relations.add(new Relation(kind, schema(entry, window), name(entry, window)));
    }

    private boolean sequence(Entry entry, Window window) {
        Matcher value = VALUE.matcher(entry.definitionText());
        if (!value.find()) {
            return false;
        }
        try {
            sequences.add(new SequenceValue(
                    schema(entry, window),
                    name(entry, window),
                    Long.parseLong(value.group(1)),
                    Boolean.parseBoolean(value.group(2))));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String schema(Entry entry, Window window) {
        return kept(entry.schema, window);
    }

    private String name(Entry entry, Window window) {
        return kept(entry.tag, window);
    }

    private String kept(byte[] name, Window window) {
        nameBytes += name.length;
        if (nameBytes > MOST_NAME_BYTES || blocks.size() + sequences.size() + relations.size() > MOST) {
            throw window.damaged("it names more things than any database has");
        }
        return names.text(name);
    }

    /** The block of that id, which is expected only once. */
    Optional<Block> take(int id) {
        return Optional.ofNullable(blocks.remove(id));
    }

    /** How many blocks have not come yet. */
    int missing() {
        return blocks.size();
    }

    List<SequenceValue> sequences() {
        sequences.sort(Comparator.comparing(SequenceValue::schema).thenComparing(SequenceValue::name));
        return sequences;
    }

    List<Relation> relations() {
        relations.sort(Comparator.comparing(Relation::schema).thenComparing(Relation::name));
        return relations;
    }
}
