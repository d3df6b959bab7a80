package dev.lifeboat.workflows.model;

/**
 * A stored document, by its key in a repository. What grows with a database is a document; through Temporal goes only
 * this.
 *
 * @param repository the repository's name in {@code lifeboat.yml}
 * @param key the object's key in that repository
 * @param sha256 SHA-256 of the stored bytes, lower-case hexadecimal
 * @param bytes size of the stored bytes
 */
public record Document(String repository, String key, String sha256, long bytes) {}
