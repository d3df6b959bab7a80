package dev.lifeboat.workflows.model;

/**
 * That a run, left behind in a Temporal that is lost, must do nothing more.
 *
 * @param run its name
 * @param reason why, in the words of the person who asks
 */
public record TakeOver(RunName run, String reason) {}
