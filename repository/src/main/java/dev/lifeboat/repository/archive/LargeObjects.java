package dev.lifeboat.repository.archive;

/** The large objects of a dump: each counts as a row of its id, four bytes big endian, followed by its content. */
public record LargeObjects(long count, Fingerprint fingerprint) {}
