package dev.lifeboat.repository;

/** What copied the bytes, for example {@code pg_dump} and its version. */
public record Engine(String name, String version) {}
