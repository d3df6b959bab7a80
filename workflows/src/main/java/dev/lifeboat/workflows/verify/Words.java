package dev.lifeboat.workflows.verify;

import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.failure.ActivityFailure;
import java.util.List;

/** What a run says to people. */
final class Words {

    private static final int TOLD = 5;

    private final RunName run;
    private final String database;
    private final Evidence evidence;

    Words(RunName run, String database, Evidence evidence) {
        this.run = run;
        this.database = database;
        this.evidence = evidence;
    }

    static String whyNot(ActivityFailure failure) {
        return Trouble.nobodyTookIt(failure)
                ? "nobody serves '%s', or all who do are busy; start a worker with --roles %s"
                        .formatted(Queue.READ.taskQueue(), Queue.READ.role())
                : Trouble.problem(failure);
    }

    String tryingAgain() {
        return "it is tried again by itself; lifeboat answer %s retry or abort".formatted(run);
    }

    String givenUp() {
        return "nobody has looked at the backups of '%s'; mend the cause and type lifeboat verify-backups %s"
                .formatted(database, database);
    }

    Notice trouble(Entry entry, String next) {
        return new Notice(run, entry.title(), entry.note(), next);
    }

    Notice verdict(Verdict verdict) {
        return new Notice(run, "Tell the verdict", happened(verdict), next(verdict));
    }

    private String happened(Verdict verdict) {
        return switch (verdict) {
            case PASS, WARN -> "the backups of '%s' are good: %d checks passed%s"
                    .formatted(database, evidence.checks(), lines(": "));
            case FAIL -> "the backups of '%s' are NOT good%s".formatted(database, lines(": "));
            case INCONCLUSIVE -> "nobody knows whether the backups of '%s' are good%s".formatted(database, lines(": "));
        };
    }

    private String next(Verdict verdict) {
        return switch (verdict) {
            case PASS, WARN -> "nothing";
            case FAIL -> evidence.good().isPresent()
                    ? "look at what failed: lifeboat show %s".formatted(run)
                    : "make a backup now: lifeboat backup %s; then lifeboat show %s".formatted(database, run);
            case INCONCLUSIVE -> "mend what kept it from looking, then type lifeboat verify-backups %s".formatted(database);
        };
    }

    private String lines(String before) {
        List<String> lines = evidence.lines();
        if (lines.isEmpty()) {
            return "";
        }
        String more = lines.size() > TOLD ? "; and %d more".formatted(lines.size() - TOLD) : "";
        return before + String.join("; ", lines.subList(0, Math.min(TOLD, lines.size()))) + more;
    }
}
