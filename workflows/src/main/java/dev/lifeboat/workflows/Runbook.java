package dev.lifeboat.workflows;

/**
 * One runbook, as a worker registers it and a person reads about it.
 *
 * @param name the workflow type in Temporal
 * @param verb the first word of its right and of its run names
 * @param orders the interface that a starter talks to
 * @param implementation what a worker runs
 * @param page its page, from the project's root
 */
public record Runbook(String name, String verb, Class<?> orders, Class<?> implementation, String page) {}
