package dev.lifeboat.repository;

/** An extension that was installed in the source, and that a copy needs too. */
public record Extension(String name, String version) {}
