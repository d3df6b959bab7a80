package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.Document;
import java.time.Duration;

/**
 * What a backup decides by, as it was when the run started.
 *
 * @param repository the database's home repository
 * @param giveUpAfter how long trouble is borne before the run fails
 * @param searchAttributes whether the namespace has our search attributes
 * @param document the whole policy, stored
 */
public record BackupPolicy(String repository, Duration giveUpAfter, boolean searchAttributes, Document document) {}
