package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.activity.CompareActivities;
import dev.lifeboat.workflows.activity.CompareActivities.Compared;
import dev.lifeboat.workflows.activity.VerifyActivities;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.journal.Journal;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is asked of a committed backup before its run ends: whether it can be trusted, and whether it looks as usual. */
final class AfterCommit {

    private static final String VERIFY = "Verify the backup";
    private static final Duration WHILE_SOMEBODY_WAITS = Duration.ofMinutes(2);

    private final CompareActivities comparison = Activities.compare();
    private final BackupOrder order;
    private final BackupRecord record;
    private final Journal journal;
    private final BackupNews news;

    AfterCommit(BackupOrder order, BackupRecord record, Journal journal, BackupNews news) {
        this.order = order;
        this.record = record;
        this.journal = journal;
        this.news = news;
    }

    /** A verdict of FAIL ends the run; that nobody could look is only said. */
    void verify(boolean atTerminal) {
        VerifyActivities reader = Activities.verify(atTerminal ? WHILE_SOMEBODY_WAITS : Activities.QUEUEING);
        journal.tryStep(VERIFY, () -> {
            try {
                record.verified(reader.verify(order));
            } catch (ActivityFailure e) {
                record.verified(Verified.not("not verified: " + whyNot(e)));
                throw e;
            }
            record.distrust().ifPresent(this::end);
        });
    }

    void compare() {
        journal.tryStep("Compare with earlier backups", () -> {
            try {
                record.compared(comparison.compare(order));
            } catch (ActivityFailure e) {
                record.compared(new Compared(
                        Optional.empty(),
                        List.of("not compared with earlier backups: " + Trouble.problem(e)),
                        List.of()));
                throw e;
            }
        });
    }

    private void end(String why) {
        String next =
                "do not rely on it: make another one, and look into this one with lifeboat verify " + order.backup();
        Journal.courtesy(() -> news.notToBeTrusted(VERIFY, why, next));
        throw FailureType.NOT_TO_BE_TRUSTED.because(why, next);
    }

    private static String whyNot(ActivityFailure failure) {
        return Trouble.nobodyTookIt(failure)
                ? "nobody with the age identity serves '%s', or all who do are busy; start a worker with --roles %s where the key is"
                        .formatted(Queue.READ.taskQueue(), Queue.READ.role())
                : Trouble.problem(failure);
    }
}
