package dev.lifeboat.activities;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Claim;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.failure.ApplicationFailure;

/** What a run must be told whose place another one has taken, while its own Temporal was lost. */
public final class Superseded {

    private static final String BACKUP = "backup";

    private Superseded() {}

    /** Fails for good if a later claim of another run lies in {@code repository}; every effect of a run asks this first. */
    public static void refuse(Repository repository, BackupOrder order) {
        RunName run = order.run();
        if (!run.verb().equals(BACKUP)) {
            return; // who carries a committed backup elsewhere needs no claim
        }
        new Claims(repository, order.database())
                .supersedes(run.value(), new BackupId(run.backup()).takenAt())
                .ifPresent(by -> {
                    throw by(by, run);
                });
    }

    public static ApplicationFailure by(Claim other, RunName run) {
        return Failures.permanent(
                FailureType.SUPERSEDED,
                "superseded by '%s', which claimed '%s' after '%s'".formatted(other.run(), run.right(), run),
                "nothing is to be done here: what this run stored and did not commit is removed; lifeboat show %s"
                        .formatted(other.run()));
    }
}
