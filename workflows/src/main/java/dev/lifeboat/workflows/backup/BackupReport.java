package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a backup ended.
 *
 * @param backup the committed backup's id
 * @param repository where it lies, by its name in {@code lifeboat.yml}
 * @param plainBytes size of the dump before compression and encryption
 * @param storedBytes size as stored
 * @param took from the start of the run to its commit
 * @param warnings what is worth a look, in sentences
 * @param report the stored report, unless an operator skipped it
 */
public record BackupReport(
        RunName run,
        String backup,
        String repository,
        int tables,
        long rows,
        long plainBytes,
        long storedBytes,
        Duration took,
        List<String> warnings,
        Optional<Document> report) {}
