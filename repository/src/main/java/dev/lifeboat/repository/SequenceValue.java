package dev.lifeboat.repository;

/** Where a sequence stands in a backup. Sequences follow no snapshot: the value is one of the time the dump took. */
public record SequenceValue(String schema, String name, long value, boolean called) {}
