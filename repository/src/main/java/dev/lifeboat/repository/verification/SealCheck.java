package dev.lifeboat.repository.verification;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoreException;
import java.util.function.Supplier;

/** The look at the seal of a committed backup's attempt: there, and saying what the manifest says. */
public final class SealCheck {

    private SealCheck() {}

    /** Reads it beside a manifest that was read; throws {@link StoreException} UNREACHABLE when the store fails. */
    static Check of(Repository repository, Manifest manifest) {
        return look("", () -> repository.seal(manifest));
    }

    /** Reads both, for a look at many backups; throws {@link StoreException} UNREACHABLE when the store fails. */
    public static Check of(Repository repository, BackupId backup, Key seal) {
        return look(
                seal.value(), () -> repository.seal(repository.manifest(backup).orElseThrow(() -> gone(backup))));
    }

    private static Check look(String subject, Supplier<byte[]> reading) {
        String check = "seal";
        try {
            var unused = reading.get();
            return Check.pass(check, subject, "says what the manifest says");
        } catch (StoreException e) {
            if (e.problem() == UNREACHABLE) {
                throw e;
            }
            Verdict verdict = e.problem() == DAMAGED ? Verdict.FAIL : Verdict.INCONCLUSIVE;
            return new Check(check, subject, verdict, String.valueOf(e.getMessage()), e.hint());
        }
    }

    private static StoreException gone(BackupId backup) {
        return new StoreException(
                NOT_FOUND, "the manifest of '%s' is gone".formatted(backup), "see who removed it a moment ago.");
    }
}
