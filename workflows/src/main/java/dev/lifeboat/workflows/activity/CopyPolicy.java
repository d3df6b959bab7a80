package dev.lifeboat.workflows.activity;

import java.time.Duration;

/**
 * What the copy of a backup decides by, as it was when the run started.
 *
 * @param database whose backup it is
 * @param from the repository that it is copied from
 * @param giveUpAfter how long trouble is borne before the run fails
 * @param searchAttributes whether the namespace has our search attributes
 */
public record CopyPolicy(String database, String from, Duration giveUpAfter, boolean searchAttributes) {}
