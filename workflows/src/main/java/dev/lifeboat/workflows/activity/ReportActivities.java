package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The evidence of a run. */
@ActivityInterface(namePrefix = "Report.")
public interface ReportActivities {

    /** Stores report.json, report.html and the run's own history so far; returns the page. Stored already: fine. */
    Document store(RunReport report);

    /**
     * What a run reports of itself.
     *
     * @param runbook the runbook's name
     * @param outcome how it ended, in one word
     * @param problem why, if it did not end well
     * @param backup the backup it made, if it made one
     */
    record RunReport(
            RunName run,
            String runbook,
            String repository,
            String outcome,
            Optional<String> problem,
            String operator,
            Instant started,
            Instant ended,
            List<Entry> steps,
            Optional<Backup> backup,
            List<String> warnings) {

        public record Backup(
                String id, String database, String tag, int tables, long rows, long plainBytes, long storedBytes) {}
    }
}
