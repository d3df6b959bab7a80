package dev.lifeboat.activities.survey;

import dev.lifeboat.activities.Documents;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.VerificationRecord;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.workflows.activity.VerificationActivities;
import dev.lifeboat.workflows.model.Document;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the policy from {@code lifeboat.yml}, asks Temporal for open backups, and keeps the record in the repository. */
public final class TemporalVerificationActivities implements VerificationActivities {

    private final Settings settings;
    private final Repositories repositories;

    public TemporalVerificationActivities(Settings settings, Repositories repositories) {
        this.settings = settings;
        this.repositories = repositories;
    }

    @Override
    public VerificationPolicy load(String database) {
        BackupSettings backup = settings.database(database).backup();
        List<String> further = backup.further();
        return new VerificationPolicy(
                backup.home(),
                further.stream().filter(it -> !backup.optional().contains(it)).toList(),
                further.stream().filter(backup.optional()::contains).toList(),
                // A run in trouble gives up by then, or its dump has ended alone.
                backup.giveUpAfter().plus(backup.finishAlone()),
                backup.giveUpAfter(),
                settings.temporal().searchAttributes());
    }

    @Override
    public Waited awaitBackup(String database, Instant until) {
        Pulse pulse = Pulse.current();
        pulse.measure("waiting for a backup of " + database, 0, false);
        return new OpenBackups(Activity.getExecutionContext().getWorkflowClient(), database)
                .awaitEnd(until, pulse::stopIfTold);
    }

    @Override
    public Document record(String repository, Outcome outcome) {
        Map<String, VerificationRecord.Place> places = new LinkedHashMap<>();
        outcome.readUpTo()
                .forEach((name, upTo) -> places.put(
                        name,
                        new VerificationRecord.Place(
                                upTo,
                                outcome.suspects().getOrDefault(name, List.of()).stream()
                                        .map(Key::new)
                                        .toList())));
        VerificationRecord record = new VerificationRecord(
                outcome.run().value(),
                outcome.database(),
                outcome.at(),
                outcome.verdict().name(),
                places,
                outcome.lines());
        return new Documents(repositories.open(repository, StoreRight.WRITE), repository, outcome.run())
                .store(VerificationRecord.FILE, record.bytes());
    }
}
