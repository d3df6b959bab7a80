package dev.lifeboat.repository.verification;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.StoreException;

/** The look at the seal of a backup's attempt: there, and saying what the manifest says. */
public final class SealCheck {

    private SealCheck() {}

    /** Reads it; throws {@link StoreException} UNREACHABLE when the store fails. */
    public static Check of(Repository repository, Manifest manifest, String subject) {
        String check = "seal";
        try {
            var unused = repository.seal(manifest);
            return Check.pass(check, subject, "says what the manifest says");
        } catch (StoreException e) {
            if (e.problem() == UNREACHABLE) {
                throw e;
            }
            Verdict verdict = e.problem() == DAMAGED ? Verdict.FAIL : Verdict.INCONCLUSIVE;
            return new Check(check, subject, verdict, String.valueOf(e.getMessage()), e.hint());
        }
    }
}
