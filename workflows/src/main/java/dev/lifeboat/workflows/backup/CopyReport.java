package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import java.time.Duration;
import java.util.Optional;

/**
 * How a copy ended.
 *
 * @param from the repository that it came from, and {@code repository} the one that has it now, by their names
 * @param bytes stored bytes of the backup
 * @param alreadyThere whether nothing had to be copied
 * @param took from the start of the run to its end
 * @param report the stored report, unless an operator skipped it
 */
public record CopyReport(
        RunName run,
        String backup,
        String from,
        String repository,
        int objects,
        long bytes,
        boolean alreadyThere,
        Duration took,
        Optional<Document> report) {}
