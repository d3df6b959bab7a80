package dev.lifeboat.workflows.backup;

import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import java.util.Optional;

/** What people are told of the run of a backup: all of it is about {@code backup/<database>}. */
final class BackupNews {

    /** The step in which a run that went well says so. */
    static final String TELL = "Tell how it ended";

    private final NotificationActivities notification = Activities.notification();
    private final RunName run;
    private final String database;
    private final String byHand;
    private Optional<BackupRecord> record = Optional.empty();

    BackupNews(RunName run, BackupRequest request) {
        this.run = run;
        this.database = request.database();
        this.byHand = request.byHand();
    }

    /** From here on it is known what the run has made. */
    void of(BackupRecord made) {
        record = Optional.of(made);
    }

    void trouble(Entry step) {
        tell(
                News.TROUBLE,
                step.title(),
                step.note(),
                safe(),
                "it is tried again by itself; lifeboat answer %s retry or abort".formatted(run));
    }

    void givenUp(Entry step) {
        String next = standing().isPresent()
                ? "mend the cause; see what is missing with lifeboat show %s and lifeboat copies %s"
                        .formatted(run, database)
                : "mend the cause and start it again with %s; lifeboat show %s".formatted(byHand, run);
        tell(News.FAILED, step.title(), step.note(), safe(), next);
    }

    void notToBeTrusted(String step, String why, String next) {
        tell(News.FAILED, step, why, "it stays where it is, to be looked into; " + earlier(), next);
    }

    void well(BackupRecord made) {
        tell(
                News.WELL,
                TELL,
                made.summary(),
                safe(),
                made.warnings().isEmpty() ? "nothing" : "read the warnings with lifeboat show " + run);
    }

    void alreadyMade(String backup) {
        tell(
                News.WELL,
                TELL,
                "backup '%s' had been made for the same point in time, by a run that ended well".formatted(backup),
                "backup '%s'".formatted(backup),
                "nothing");
    }

    private void tell(News news, String step, String happened, String safe, String next) {
        Severity severity = news == News.WELL ? Severity.P4 : Severity.P2;
        notification.announce(new Notice(run, run.right(), news, severity, step, happened, safe, next));
    }

    private String safe() {
        return standing().orElseGet(this::earlier);
    }

    private String earlier() {
        return "earlier backups stand as they were, and lifeboat backups %s lists them".formatted(database);
    }

    private Optional<String> standing() {
        return record.flatMap(BackupRecord::standing);
    }
}
