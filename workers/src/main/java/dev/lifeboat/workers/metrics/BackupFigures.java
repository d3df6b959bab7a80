package dev.lifeboat.workers.metrics;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What the backups in one repository amount to, by database and kind. */
final class BackupFigures {

    private static final Duration WEEK = Duration.ofDays(7);

    /** Yesterday's may have begun later, or taken longer, than today's. */
    private static final Duration NEARLY_A_DAY = Duration.ofHours(20);

    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final Comparator<StoredBackup> BY_END =
            Comparator.comparing(StoredBackup::ended).thenComparing(StoredBackup::id);

    private final String repository;
    private final Samples samples;

    private BackupFigures(String repository, Samples samples) {
        this.repository = repository;
        this.samples = samples;
    }

    static void add(RepositoryReading reading, Samples samples) {
        BackupFigures figures = new BackupFigures(reading.repository(), samples);
        reading.backups().stream()
                .sorted(BY_END) // the last word counts: the newest one's
                .forEach(figures::success);
        reading.backups().stream()
                .collect(groupingBy(it -> List.of(it.database(), it.kind())))
                .values()
                .forEach(figures::ofOneKind);
    }

    private void success(StoredBackup backup) {
        backup.kinds()
                .forEach(kind ->
                        samples.add(Family.BACKUP_LAST_SUCCESS, backup.ended(), backup.database(), kind, repository));
    }

    private void ofOneKind(List<StoredBackup> backups) {
        StoredBackup newest = backups.stream().max(BY_END).orElseThrow();
        String[] labels = {newest.database(), newest.kind(), repository};
        samples.add(Family.BACKUPS, backups.size(), labels);
        samples.add(Family.BACKUPS_STORED_BYTES, sum(backups), labels);
        samples.add(Family.BACKUP_LAST_PLAIN_BYTES, newest.plainBytes(), labels);
        samples.add(Family.BACKUP_LAST_STORED_BYTES, newest.storedBytes(), labels);
        samples.add(Family.BACKUP_LAST_DURATION, newest.took(), labels);
        samples.add(Family.BACKUP_LAST_ROWS, newest.rows(), labels);
        before(backups, newest, Duration.ZERO, WEEK).stream()
                .mapToLong(StoredBackup::plainBytes)
                .average()
                .ifPresent(mean -> samples.add(Family.BACKUP_WEEK_MEAN, mean, labels));
        before(backups, newest, NEARLY_A_DAY, TWO_DAYS).stream()
                .max(BY_END)
                .ifPresent(it -> samples.add(Family.BACKUP_DAY_BEFORE, it.plainBytes(), labels));
    }

    private static long sum(List<StoredBackup> backups) {
        return backups.stream().mapToLong(StoredBackup::storedBytes).sum();
    }

    /** Those that are older than the newest one by that much. */
    private static List<StoredBackup> before(
            List<StoredBackup> backups, StoredBackup newest, Duration least, Duration most) {
        return backups.stream()
                .filter(it -> !Objects.equals(it, newest))
                .filter(it -> {
                    Duration older = Duration.between(it.ended(), newest.ended());
                    return older.compareTo(least) >= 0 && older.compareTo(most) <= 0;
                })
                .toList();
    }
}
