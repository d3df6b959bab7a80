package dev.lifeboat.repository;

import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which backups somebody goes by who decides what to do next: who may write into a repository may put down a manifest that
 * nobody made.
 *
 * @param keys whose signatures count; if there are none, every signature does that is not a bad one, and none does too
 * @param now what is later than this (UTC), by more than clocks differ, has not been
 */
public record Trust(TrustedKeys keys, Instant now) {

    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** Whether a backup of that name can have begun by now. */
    boolean mayBe(BackupId backup) {
        return !isToCome(backup.takenAt());
    }

    /** The manifest of a backup, if there is one that counts; throws {@link StoreException} when it cannot be read. */
    Optional<Manifest> manifest(Repository repository, BackupId backup) {
        return mayBe(backup)
                ? repository
                        .signedManifest(backup)
                        .filter(this::isOurs)
                        .map(SignedManifest::manifest)
                        .filter(this::hasBeen)
                : Optional.empty();
    }

    private boolean isOurs(SignedManifest signed) {
        return switch (signed.judge(keys)) {
            case Judgement.Good good -> true;
            case Judgement.Bad bad -> false;
            case Judgement.Untrusted other -> keys.isEmpty();
            case Judgement.Unsigned() -> keys.isEmpty();
        };
    }

    private boolean hasBeen(Manifest manifest) {
        return !isToCome(manifest.end());
    }

    private boolean isToCome(Instant instant) {
        return instant.isAfter(now.plus(AHEAD));
    }
}
