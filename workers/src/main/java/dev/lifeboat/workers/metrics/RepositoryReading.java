package dev.lifeboat.workers.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a repository said when it was last read in full.
 *
 * @param repository its name in {@code lifeboat.yml}
 * @param begun when (UTC) the reading began: what happened later is not in it
 * @param runs that may have ended in the last 31 days and left a report
 * @param damaged how many manifests and reports cannot be read, or not be believed
 * @param free bytes that still fit, if the store can tell
 */
record RepositoryReading(
        String repository,
        Instant begun,
        Duration took,
        List<StoredBackup> backups,
        List<StoredRun> runs,
        int damaged,
        OptionalLong free) {

    RepositoryReading {
        backups = List.copyOf(backups);
        runs = List.copyOf(runs);
    }
}
