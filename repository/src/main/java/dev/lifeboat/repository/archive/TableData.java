package dev.lifeboat.repository.archive;

/** What a dump holds of one table: how many rows, and what is in them. */
public record TableData(String schema, String name, long rows, Fingerprint fingerprint) {}
