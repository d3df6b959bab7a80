package dev.lifeboat.workflows.activity;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Looking into committed backups. Holds the age identity and may read a repository, nothing more. */
@ActivityInterface(namePrefix = "Verify.")
public interface VerifyActivities {

    /**
     * Checks the signature, decrypts and decodes all that the order's backup stored, and compares it with its manifest.
     * What is wrong with the backup is a verdict; only what keeps this worker from looking is a failure.
     */
    Verified verify(BackupOrder order);

    /**
     * What came of it. The whole list of checks grows with the database and is printed by {@code lifeboat verify}.
     *
     * @param checks how many things were looked at
     * @param failed how many of them were not as they should be
     * @param lines the first of those that did not pass, in sentences; why, if the verdict is inconclusive
     */
    record Verified(Finding.Verdict verdict, int checks, int failed, List<String> lines) {

        /** Nobody could look. */
        public static Verified not(String why) {
            return new Verified(Finding.Verdict.INCONCLUSIVE, 0, 0, List.of(why));
        }
    }
}
