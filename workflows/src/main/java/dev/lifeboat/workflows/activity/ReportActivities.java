package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.Copy;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
     * @param copies the repositories that have the backup or should have it, the home repository first
     * @param verification what came of looking into it, if that was asked for
     * @param comparison what it was compared with, if it was
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
            List<String> warnings,
            List<Copy> copies,
            Optional<Verified> verification,
            Optional<Compared> comparison) {

        public RunReport {
            copies = orNone(copies);
        }

        // A report that a run wrote before there were copies has no word for them.
        private static List<Copy> orNone(@Nullable List<Copy> copies) {
            return copies == null ? List.of() : List.copyOf(copies);
        }

        public record Backup(
                String id, String database, String tag, int tables, long rows, long plainBytes, long storedBytes) {}
    }
}
