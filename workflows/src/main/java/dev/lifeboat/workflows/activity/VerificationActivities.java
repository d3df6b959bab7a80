package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.Document;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a verification needs besides looking: its policy, the end of a backup that is being made, its record. */
@ActivityInterface(namePrefix = "Verification.")
public interface VerificationActivities {

    VerificationPolicy load(String database);

    /**
     * Returns when no backup of the database is being made or about to be made by its schedule, at the latest at {@code
     * until}.
     */
    Waited awaitBackup(String database, Instant until);

    /** Stores the record in the repository; stored already: fine. */
    Document record(String repository, Outcome outcome);

    /**
     * What a verification decides by.
     *
     * @param repository the database's home repository
     * @param required further repositories that must have a copy of each backup
     * @param optional further repositories whose copies nobody waits for
     * @param waitAtMost how long a backup that is being made is waited for
     * @param giveUpAfter how long trouble is borne before the run fails
     */
    record VerificationPolicy(
            String repository,
            List<String> required,
            List<String> optional,
            Duration waitAtMost,
            Duration giveUpAfter,
            boolean searchAttributes) {}

    /**
     * What was waited for.
     *
     * @param run the workflow id of the last run that was waited for; empty if there was none
     * @param backup the backup that it made
     * @param problem why there is none: it failed, or did not end in time
     * @param scheduled whether its schedule had asked for it
     */
    record Waited(Optional<String> run, Optional<String> backup, Optional<String> problem, boolean scheduled) {

        public static final Waited FOR_NOBODY = new Waited(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /**
     * What it came to.
     *
     * @param readUpTo by repository: everything that was due there by then was read back
     * @param suspects by repository: keys of what was not as written
     */
    record Outcome(
            RunName run,
            String database,
            Instant at,
            Finding.Verdict verdict,
            Map<String, Instant> readUpTo,
            Map<String, List<String>> suspects,
            List<String> lines) {}
}
