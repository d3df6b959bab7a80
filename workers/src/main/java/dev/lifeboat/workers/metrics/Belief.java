package dev.lifeboat.workers.metrics;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;

import dev.lifeboat.repository.SignedManifest;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.SignatureCheck;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Duration;
import java.time.Instant;

/**
 * Which stored documents figures are made of. One forged manifest, or one of a time still to come, would be the newest
 * for ever, and alarms about backups would be silent.
 */
final class Belief {

    /** So far may the clocks of two machines be apart. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final TrustedKeys trusted;
    private final Instant latest;

    Belief(TrustedKeys trusted, Instant now) {
        this.trusted = trusted;
        this.latest = now.plus(SKEW);
    }

    /** What the manifest says; throws {@link StoreException} DAMAGED if it must not be believed. */
    StoredBackup backup(SignedManifest signed) {
        Check check = SignatureCheck.of(signed.judge(trusted), trusted);
        StoredBackup backup = StoredBackup.of(signed.manifest());
        if (check.verdict() == Verdict.FAIL) {
            throw new StoreException(
                    DAMAGED,
                    "the signature of '%s' does not count: %s".formatted(backup.id(), check.words()),
                    check.hint());
        }
        refuseFuture(backup.id().value(), backup.ended());
        backup.nominal().ifPresent(it -> refuseFuture(backup.id().value(), it));
        return backup;
    }

    /** The run; throws {@link StoreException} DAMAGED if it must not be believed. */
    StoredRun run(StoredRun run) {
        refuseFuture(run.run().value(), run.ended());
        return run;
    }

    private void refuseFuture(String name, Instant said) {
        if (said.isAfter(latest)) {
            throw new StoreException(
                    DAMAGED,
                    "'%s' shows a moment that is still to come, %s".formatted(name, said),
                    "see whose clock was wrong, or who wrote it.");
        }
    }
}
