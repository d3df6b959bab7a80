package dev.lifeboat.repository;

/** The newest schema migration in the source, as the table of {@code tool} tells. */
public record Migration(String tool, String version) {}
