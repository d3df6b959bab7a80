package dev.lifeboat.repository.archive;

/**
 * Where a sequence stands in a dump. Sequences know no snapshot, so a sequence of the source is at this value or beyond.
 *
 * @param called whether {@code value} was given out already; else it is the next one
 */
public record SequenceValue(String schema, String name, long value, boolean called) {}
