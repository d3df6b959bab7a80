package dev.lifeboat.workers.metrics;

import dev.lifeboat.configuration.BackupSchedule;
import dev.lifeboat.configuration.BackupSettings;
import dev.lifeboat.configuration.DatabaseSettings;
import dev.lifeboat.configuration.Rhythm;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the schedules of {@code lifeboat.yml} expect, and which of it did not happen. */
final class ScheduleFigures {

    private static final Duration MONTH = RepositoryReader.WINDOW;

    /** A verification waits for the backup of its night. */
    private static final Duration PATIENCE = Duration.ofHours(12);

    private final Map<String, DatabaseSettings> databases;
    private final Map<String, Map<Rhythm, Patience>> patience = new LinkedHashMap<>();

    /** Works out what takes long, once. */
    ScheduleFigures(Settings settings) {
        databases = settings.databases();
        databases.forEach((name, database) -> {
            Map<Rhythm, Patience> ofEach = new LinkedHashMap<>();
            BackupSettings backup = database.backup();
            backup.schedule()
                    .timetables()
                    .forEach((rhythm, timetable) -> ofEach.put(rhythm, Patience.of(backup, rhythm, timetable)));
            patience.put(name, ofEach);
        });
    }

    void add(List<StoredBackup> backups, Instant now, Samples samples) {
        databases.forEach((name, database) ->
                samples.group("schedules of " + name, () -> add(name, database, backups, now, samples)));
    }

    private void add(String name, DatabaseSettings database, List<StoredBackup> backups, Instant now, Samples samples) {
        BackupSchedule schedule = database.backup().schedule();
        database.verification()
                .limits(schedule, now)
                .forEach((kind, limit) -> samples.add(Family.BACKUP_MAX_AGE, limit, name, kind));
        database.verification()
                .timetable()
                .ifPresent(it -> samples.add(Family.VERIFICATION_MAX_AGE, maxAge(it, now), name));
        schedule.timetables().forEach((rhythm, timetable) -> {
            List<Instant> made = made(name, rhythm, backups);
            samples.add(
                    Family.SCHEDULE_LAST_DUE,
                    lastDue(timetable, made, now.minus(schedule.jitter())).plus(schedule.jitter()),
                    name,
                    rhythm.word());
            Optional.ofNullable(patience.get(name))
                    .map(it -> it.get(rhythm))
                    .ifPresent(it -> addMissed(new Points(name, rhythm, timetable, it), made, now, samples));
        });
    }

    private static Duration maxAge(Timetable timetable, Instant now) {
        Instant last = timetable.last(now);
        return Duration.between(timetable.last(last.minusNanos(1)), timetable.next(now))
                .dividedBy(2)
                .plus(PATIENCE);
    }

    /** When the last point came that is due: of a local time that comes twice, the first if its backup is made by then. */
    private static Instant lastDue(Timetable timetable, List<Instant> made, Instant upTo) {
        Instant point = timetable.lastDue(upTo);
        // Temporal may begin it only the second time, and such a backup is not late from the first on.
        // Of several workers the newest figure counts: one that sees no backups must not say more than one that does.
        return made.isEmpty() || made.stream().anyMatch(it -> !it.isBefore(point)) ? point : timetable.comesLast(point);
    }

    /** The points for which there are backups. */
    private static List<Instant> made(String database, Rhythm rhythm, List<StoredBackup> backups) {
        return backups.stream()
                .filter(it -> it.database().equals(database))
                .filter(it -> it.kinds().contains(rhythm.word()))
                .flatMap(it -> it.nominal().stream())
                .toList();
    }

    private static void addMissed(Points points, List<Instant> made, Instant now, Samples samples) {
        Optional<Instant> first = made.stream().min(Comparator.naturalOrder());
        if (first.isEmpty()) {
            return; // never begun: BackupNeverMade and BackupMissing are about that
        }
        Instant from = first.get().isAfter(now.minus(MONTH)) ? first.get() : now.minus(MONTH);
        List<Instant> missed = points
                .timetable()
                .points(from, now.minus(points.patience().until()))
                .stream()
                .filter(point -> made.stream().noneMatch(points.patience().meets(point)))
                .toList();
        String[] labels = {points.database(), points.rhythm().word()};
        samples.add(Family.SCHEDULE_MISSED, missed.size(), labels);
        missed.stream()
                .max(Comparator.naturalOrder())
                .ifPresent(it -> samples.add(Family.SCHEDULE_LAST_MISSED, it, labels));
    }

    private record Points(String database, Rhythm rhythm, Timetable timetable, Patience patience) {}

    /**
     * How long a point is waited for.
     *
     * @param until so long after it a backup that was begun in time may still come to its end
     * @param near a backup for a point so near to it counts: it was made by an older timetable
     */
    private record Patience(Duration until, Duration near) {

        static Patience of(BackupSettings backup, Rhythm rhythm, Timetable timetable) {
            return new Patience(
                    backup.schedule().catchUp(rhythm).plus(backup.giveUpAfter()),
                    timetable.shortest().dividedBy(2));
        }

        Predicate<Instant> meets(Instant point) {
            return nominal -> Duration.between(nominal, point).abs().compareTo(near) < 0;
        }
    }
}
