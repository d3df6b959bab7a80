package dev.lifeboat.workers.metrics;

import java.util.List;

/**
 * Families of metrics, all of them gauges: a name that ends in its unit, what it says, and its labels.
 * {@code docs/metrics.md} lists the same.
 */
enum Family {
    BACKUP_LAST_SUCCESS(
            "lifeboat_backup_last_success_timestamp_seconds",
            "When the newest backup was complete; one that was due for several rhythms counts for each of them",
            Labels.DATABASE_KIND_REPOSITORY),
    BACKUP_LAST_PLAIN_BYTES(
            "lifeboat_backup_last_plain_bytes",
            "Size of the newest backup of exactly this kind, before compression",
            Labels.DATABASE_KIND_REPOSITORY),
    BACKUP_LAST_STORED_BYTES(
            "lifeboat_backup_last_stored_bytes",
            "Size of the newest backup of exactly this kind, as stored",
            Labels.DATABASE_KIND_REPOSITORY),
    BACKUP_LAST_DURATION(
            "lifeboat_backup_last_duration_seconds",
            "How long the newest backup of exactly this kind took, from the start of its dump to its last stored byte",
            Labels.DATABASE_KIND_REPOSITORY),
    BACKUP_LAST_ROWS(
            "lifeboat_backup_last_rows",
            "Rows in the newest backup of exactly this kind",
            Labels.DATABASE_KIND_REPOSITORY),
    BACKUP_WEEK_MEAN(
            "lifeboat_backup_week_mean_plain_bytes",
            "Mean size of the backups of this kind in the seven days before the newest one; absent if there is none",
            Labels.DATABASE_KIND_REPOSITORY),
    BACKUP_DAY_BEFORE(
            "lifeboat_backup_day_before_plain_bytes",
            "Size of the newest backup of this kind that is 20 to 48 hours older than the newest one; absent if there is none",
            Labels.DATABASE_KIND_REPOSITORY),
    BACKUPS("lifeboat_backups", "How many backups there are", Labels.DATABASE_KIND_REPOSITORY),
    BACKUPS_STORED_BYTES(
            "lifeboat_backups_stored_bytes",
            "Size of all backups together, as stored",
            Labels.DATABASE_KIND_REPOSITORY),
    COPIES_MISSING(
            "lifeboat_backup_copies_missing",
            "Backups of the last 31 days that the first repository has and this one does not, since it began to get copies",
            Labels.DATABASE_REPOSITORY),

    RUN_LAST(
            "lifeboat_backup_last_run_timestamp_seconds",
            "When the newest run of a backup ended, however it ended",
            Labels.DATABASE_KIND),
    RUN_LAST_OUTCOME(
            "lifeboat_backup_last_run_outcome",
            "1 for the outcome of the newest run, 0 for the others",
            List.of("database", "kind", "outcome")),
    RUNS(
            "lifeboat_backup_runs_in_31_days",
            "Runs that ended in the last 31 days and left a report",
            List.of("database", "kind", "outcome")),

    VERIFICATION_LAST(
            "lifeboat_verification_last_timestamp_seconds",
            "When backups were last looked into, whatever was found: by the run that made one, or by VerifyBackups",
            Labels.DATABASE_RUNBOOK),
    VERIFICATION_MAX_AGE(
            "lifeboat_verification_max_age_seconds",
            "How old the newest run of VerifyBackups may become by its schedule: a period and twelve hours",
            Labels.DATABASE),
    VERIFICATION_LAST_VERDICT(
            "lifeboat_verification_last_verdict",
            "1 for the verdict of the newest verification, 0 for the others",
            List.of("database", "runbook", "verdict")),
    VERIFICATIONS(
            "lifeboat_verifications_in_31_days",
            "Verifications that ended in the last 31 days and left a report",
            List.of("database", "runbook", "verdict")),

    BACKUP_MAX_AGE(
            "lifeboat_backup_max_age_seconds",
            "How old the newest backup of this kind may become, by its schedule; of the kind any where there is no schedule",
            Labels.DATABASE_KIND),
    SCHEDULE_LAST_DUE(
            "lifeboat_schedule_last_due_timestamp_seconds",
            "The newest point of the schedule that has come for the last time, with its jitter",
            Labels.DATABASE_KIND),
    SCHEDULE_LAST_MISSED(
            "lifeboat_schedule_last_missed_timestamp_seconds",
            "The newest of the missed points; absent if there is none",
            Labels.DATABASE_KIND),
    SCHEDULE_MISSED(
            "lifeboat_schedule_missed_points",
            "Points of the schedule in the last 31 days, since it first made a backup, that none was made for and none is expected for any more; absent before",
            Labels.DATABASE_KIND),
    SCHEDULE_PAUSED(
            "lifeboat_schedule_paused_since_timestamp_seconds",
            "Since when a schedule is paused, as whoever paused it by lifeboat said, 0 if nobody knows; absent if it is not paused",
            List.of("schedule")),

    REPOSITORY_READABLE(
            "lifeboat_repository_readable",
            "1 if the last reading of the repository by this worker succeeded, else 0",
            Labels.REPOSITORY),
    REPOSITORY_READ_AGE(
            "lifeboat_repository_read_age_seconds",
            "How long ago this worker last read the repository in full: all figures about backups are that old",
            Labels.REPOSITORY),
    REPOSITORY_READ_DURATION(
            "lifeboat_repository_read_duration_seconds",
            "How long the last reading of the repository took",
            Labels.REPOSITORY),
    REPOSITORY_FREE(
            "lifeboat_repository_free_bytes",
            "Space left; absent where the store cannot tell, as buckets cannot",
            Labels.REPOSITORY),
    REPOSITORY_MINIMUM_FREE(
            "lifeboat_repository_minimum_free_bytes",
            "The least space that should be left, minimum-free in lifeboat.yml",
            Labels.REPOSITORY),
    REPOSITORY_DAMAGED(
            "lifeboat_repository_damaged_manifests",
            "Manifests and reports of runs that cannot be read, that show a time still to come, or that no trusted key signed",
            Labels.REPOSITORY),

    RUNS_WAITING(
            "lifeboat_runs_waiting",
            "Runs that wait: for an operator because a step is in trouble, for an approval, or for the delivery of what nobody could be told",
            List.of("for")),
    TEMPORAL_REACHABLE(
            "lifeboat_temporal_reachable", "1 if Temporal answered this worker when it last asked, else 0", List.of()),

    WORKER_STARTED(
            "lifeboat_worker_started_timestamp_seconds", "When this worker began to serve its queues", List.of()),
    FIGURES_LEFT_OUT(
            "lifeboat_figures_left_out",
            "Groups of figures that are not on this page because they cannot be computed; the log of the worker says why",
            List.of());

    private final String metric;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which nobody can change
    private final List<String> labels;

    Family(String metric, String help, List<String> labels) {
        this.metric = metric;
        this.help = help;
        this.labels = labels;
    }

    String metric() {
        return metric;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }

    /** The labels that several families have. */
    private static final class Labels {

        static final List<String> REPOSITORY = List.of("repository");
        static final List<String> DATABASE = List.of("database");
        static final List<String> DATABASE_RUNBOOK = List.of("database", "runbook");
        static final List<String> DATABASE_KIND = List.of("database", "kind");
        static final List<String> DATABASE_REPOSITORY = List.of("database", "repository");
        static final List<String> DATABASE_KIND_REPOSITORY = List.of("database", "kind", "repository");

        private Labels() {}
    }
}
