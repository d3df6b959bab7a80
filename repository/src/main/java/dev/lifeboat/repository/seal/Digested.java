package dev.lifeboat.repository.seal;

/** What went through a stream: how many bytes, and their SHA-256 in lower-case hex. */
public record Digested(long bytes, String sha256) {}
