package dev.lifeboat.workflows.verify;

import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
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

    Notice trouble(Entry entry) {
        return notice(
                News.TROUBLE,
                Severity.P3,
                entry,
                "it is tried again by itself; lifeboat answer %s retry or abort".formatted(run));
    }

    Notice givenUp(Entry entry) {
        return notice(
                News.FAILED,
                Severity.P2,
                entry,
                "nobody has looked at the backups of '%s'; mend the cause and type lifeboat verify-backups %s"
                        .formatted(database, database));
    }

    /** The verdict, before what is stored has been read back. */
    Notice badSoFar() {
        // Trouble, and no end: what reading finds is told as well.
        return told(News.TROUBLE, Verdict.FAIL, "Tell what is bad so far", "; what is stored is still being read back");
    }

    Notice verdict(Verdict verdict) {
        return told(verdict == Verdict.PASS ? News.WELL : News.FAILED, verdict, "Tell the verdict", "");
    }

    private Notice told(News news, Verdict verdict, String step, String more) {
        return new Notice(
                run,
                run.right(),
                news,
                severity(verdict),
                step,
                happened(verdict) + more,
                evidence.good()
                        .map("'%s' is the newest backup that counts and is young enough"::formatted)
                        .orElse(""),
                next(verdict));
    }

    private Severity severity(Verdict verdict) {
        return switch (verdict) {
            case PASS, WARN -> Severity.P4;
            case FAIL -> evidence.good().isPresent() ? Severity.P2 : Severity.P1;
            case INCONCLUSIVE -> Severity.P3;
        };
    }

    private Notice notice(News news, Severity severity, Entry entry, String next) {
        return new Notice(run, run.right(), news, severity, entry.title(), entry.note(), "", next);
    }

    private String happened(Verdict verdict) {
        return switch (verdict) {
            case PASS, WARN ->
                "the backups of '%s' are good: %d checks passed%s".formatted(database, evidence.checks(), lines(": "));
            case FAIL -> "the backups of '%s' are NOT good%s".formatted(database, lines(": "));
            case INCONCLUSIVE -> "nobody knows whether the backups of '%s' are good%s".formatted(database, lines(": "));
        };
    }

    private String next(Verdict verdict) {
        return switch (verdict) {
            case PASS, WARN -> "nothing";
            case FAIL ->
                evidence.good().isPresent()
                        ? "look at what failed: lifeboat show %s".formatted(run)
                        : "make a backup now: lifeboat backup %s; then lifeboat show %s".formatted(database, run);
            case INCONCLUSIVE ->
                "mend what kept it from looking, then type lifeboat verify-backups %s".formatted(database);
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
