package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.model.Copy;
import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * @param copies the repositories that have the backup or should have it, the home repository first
 * @param verification what came of looking into it, if that was asked for
 * @param comparison what it was compared with, if it was
 * @param alreadyMade whether {@code backup} was there before, for the very point in time that this run was started for
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
        Optional<Document> report,
        List<Copy> copies,
        Optional<Verified> verification,
        Optional<Compared> comparison,
        boolean alreadyMade) {

    public BackupReport {
        copies = orNone(copies);
    }

    /** How a run ended that had nothing to do. */
    static BackupReport alreadyMade(
            RunName run, String backup, String repository, Duration took, Optional<Document> stored) {
        return new BackupReport(
                run,
                backup,
                repository,
                0,
                0,
                0,
                0,
                took,
                List.of(),
                stored,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    // A run that ended before there were copies has no word for them.
    private static List<Copy> orNone(@Nullable List<Copy> copies) {
        return copies == null ? List.of() : List.copyOf(copies);
    }
}
