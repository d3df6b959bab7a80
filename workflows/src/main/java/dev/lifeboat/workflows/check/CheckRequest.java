package dev.lifeboat.workflows.check;

/**
 * What is asked of a check.
 *
 * @param operator who asked
 * @param configuration SHA-256 of the asker's own configuration, to be compared with the workers'; empty if unknown
 */
public record CheckRequest(String operator, String configuration) {}
