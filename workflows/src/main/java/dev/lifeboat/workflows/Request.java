package dev.lifeboat.workflows;

/**
 * The input of a runbook. It may come from anybody's hand: one that cannot be read ends its run instead of blocking it. Each
 * kind says what the {@link Plainest} one looks like.
 */
public interface Request {}
