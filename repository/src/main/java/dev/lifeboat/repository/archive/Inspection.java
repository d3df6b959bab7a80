package dev.lifeboat.repository.archive;

import java.util.List;
import java.util.Optional;

/**
 * What an {@link Inspector} found in a dump. Lists are sorted by schema and name.
 *
 * @param archiveVersion the version of the format, for example {@code 1.14}
 * @param whyNot why the dump is not understood, in words that follow "because"; then all that follows is empty, never a
 *     guess. Empty if it is understood
 * @param tables every table whose rows are in the dump, extensions' configuration tables too; empty tables have no rows,
 *     tables without data (partitioned, foreign, excluded) are missing here
 * @param largeObjects empty when the dump holds none
 * @param schemaFingerprint SHA-256 over all definitions, 64 hex digits; the same for two dumps of an unchanged schema by
 *     the same pg_dump
 * @param relations what the dump defines, whether or not it holds the rows
 */
public record Inspection(
        String archiveVersion,
        Optional<String> whyNot,
        List<TableData> tables,
        Optional<LargeObjects> largeObjects,
        List<SequenceValue> sequences,
        String schemaFingerprint,
        List<Relation> relations) {

    public Inspection {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        relations = List.copyOf(relations);
    }

    static Inspection notUnderstood(String archiveVersion, String why) {
        return new Inspection(archiveVersion, Optional.of(why), List.of(), Optional.empty(), List.of(), "", List.of());
    }

    /** Whether the format is known, and nothing in it is read by guessing. */
    public boolean understood() {
        return whyNot.isEmpty();
    }
}
