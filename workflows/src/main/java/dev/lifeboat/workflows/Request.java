package dev.lifeboat.workflows;

/** The input of a runbook. It may come from anybody's hand: one that cannot be read ends its run instead of blocking it. */
public interface Request {}
