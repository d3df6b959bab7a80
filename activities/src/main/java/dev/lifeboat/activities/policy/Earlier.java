package dev.lifeboat.activities.policy;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.MadeOnSchedule;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.Trust;
import dev.lifeboat.workflows.backup.BackupRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * The backup that a point in time has already.
 *
 * @param well whether the run that made it is known to have ended well
 */
record Earlier(BackupId backup, boolean well) {

    static Optional<Earlier> at(Instant nominal, Repository repository, BackupRequest request, Trust trust) {
        MadeOnSchedule backups = new MadeOnSchedule(repository, request.database(), trust);
        return backups.at(nominal).map(it -> new Earlier(it, backups.endedWell(it)));
    }
}
