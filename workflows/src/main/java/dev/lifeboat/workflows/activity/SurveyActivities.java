package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looking at all backups of a database at once. May read a repository, nothing more. What is wrong is a verdict; only what
 * keeps this worker from looking is a failure.
 */
@ActivityInterface(namePrefix = "Survey.")
public interface SurveyActivities {

    /** Judges age and size of the newest backup of each kind in the order's repository. */
    Newest newest(SurveyOrder order);

    /** Judges the signatures of all backups in the order's repository. */
    Verified signatures(SurveyOrder order);

    /** Reads back, byte for byte, what is due in the order's repository. */
    ReadShare readShare(SurveyOrder order);

    /** Compares what the manifests in the order's repository name with what is listed there. */
    Verified holdings(SurveyOrder order);

    /** Compares the newest backup with its copy in the repository {@code copy}. */
    Verified copy(SurveyOrder order, String copy, boolean required);

    /**
     * What is looked at, by names of {@code lifeboat.yml}.
     *
     * @param expected the backup that has to be there, because a run has just made it
     */
    record SurveyOrder(RunName run, String database, String repository, Optional<String> expected) {

        /** The same in another repository. */
        public SurveyOrder in(String other) {
            return new SurveyOrder(run, database, other, expected);
        }
    }

    /**
     * The newest backups.
     *
     * @param good the newest one that counts and is not too old; empty if there is none
     */
    record Newest(Verified seen, Optional<String> good) {}

    /**
     * What was read back.
     *
     * @param objects how many objects and seals
     * @param bytes stored bytes of objects
     * @param readUpTo everything that was due by then is read now; empty if it is not
     * @param suspects keys of what was not as written
     */
    record ReadShare(Verified seen, int objects, long bytes, Optional<Instant> readUpTo, List<String> suspects) {}
}
