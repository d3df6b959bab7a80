package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.Document;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a backup decides by, as it was when the run started.
 *
 * @param repository the database's home repository
 * @param giveUpAfter how long trouble is borne before the run fails
 * @param searchAttributes whether the namespace has our search attributes
 * @param document the whole policy, stored
 * @param required further repositories that must have a copy before the run ends well
 * @param optional further repositories whose copies nobody waits for
 * @param verify whether the backup is decrypted and decoded before the run ends
 * @param alreadyMade the backup that is there already for the point in time that the run was started for
 * @param alreadyWell whether the run that made that one is known to have ended well
 */
public record BackupPolicy(
        String repository,
        Duration giveUpAfter,
        boolean searchAttributes,
        Document document,
        List<String> required,
        List<String> optional,
        boolean verify,
        Optional<String> alreadyMade,
        boolean alreadyWell) {

    public BackupPolicy {
        required = orNone(required);
        optional = orNone(optional);
    }

    // A policy that was loaded before there were copies has no word for them.
    private static List<String> orNone(@Nullable List<String> repositories) {
        return repositories == null ? List.of() : List.copyOf(repositories);
    }
}
