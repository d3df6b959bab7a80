package dev.lifeboat.repository;

/** How the stored bytes were compressed, for example {@code zstd} at level 1. */
public record Compression(String format, int level) {}
