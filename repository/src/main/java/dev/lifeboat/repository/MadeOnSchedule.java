package dev.lifeboat.repository;

import dev.lifeboat.repository.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which points in time of one database have their backup; lists its backups once, and reads few manifests. A backup that does
 * not count serves no point: else a forged one would keep the real one from being made.
 */
public final class MadeOnSchedule {

    private final Repository repository;
    private final Trust trust;
    private final List<BackupId> backups;
    private final Map<BackupId, Optional<Manifest>> read = new HashMap<>();

    public MadeOnSchedule(Repository repository, String database, Trust trust) {
        this.repository = repository;
        this.trust = trust;
        this.backups = repository.store().folders(Layout.backups(database)).stream()
                .flatMap(folder -> id(folder).stream())
                .filter(it -> it.database().equals(database) && trust.mayBe(it))
                .sorted(Comparator.comparing(BackupId::takenAt))
                .toList();
    }

    /**
     * The backup that a point in time has already.
     *
     * @param endedWell whether the run that made it is known to have ended well
     */
    public record Earlier(BackupId backup, boolean endedWell) {}

    /** The same as {@link #at}, with what became of the run that made it. */
    public Optional<Earlier> earlier(Instant nominal) {
        return at(nominal).map(it -> new Earlier(it, endedWell(it)));
    }

    /** The backup that a schedule made for the very instant {@code nominal}, whatever became of its copies. */
    public Optional<BackupId> at(Instant nominal) {
        // The newest first: what is asked for is nearly always the last one, or is not there.
        return begunFrom(nominal)
                .sorted(Comparator.reverseOrder())
                .filter(it -> manifest(it).flatMap(Manifest::nominal).equals(Optional.of(nominal)))
                .findFirst();
    }

    /**
     * Whether the run that made a backup is known to have ended well. Not that it is there: its copies may be missing, or its
     * bytes be such that nobody should rely on them.
     */
    boolean endedWell(BackupId backup) {
        try {
            return manifest(backup)
                    .map(Manifest::run)
                    .filter(new Reports(repository)::endedWell)
                    .isPresent();
        } catch (StoreException unknown) {
            return false;
        }
    }

    /**
     * Whether a point in time of a rhythm has its backup: one that a schedule made for it, or one with the rhythm's tag that
     * was being made then or later, before the next point. One that a schedule made serves its point however late it was made:
     * a daily one that was caught up in the afternoon serves the hour of the night, too.
     *
     * @param tolerance a backup that a schedule made for a time earlier by less than this counts as well: the timetable was
     *     changed in between
     */
    public boolean covers(String rhythm, Instant point, Instant next, Duration tolerance) {
        Optional<BackupId> before = backups.stream()
                .filter(it -> it.takenAt().isBefore(point.minus(tolerance)))
                .reduce((earlier, later) -> later);
        return Stream.concat(before.stream(), begunFrom(point.minus(tolerance)))
                .flatMap(it -> manifest(it).stream())
                .anyMatch(it -> covers(it, rhythm, point, tolerance)
                        && (it.nominal().isPresent() || it.backup().takenAt().isBefore(next)));
    }

    private static boolean covers(Manifest made, String rhythm, Instant point, Duration tolerance) {
        if (made.nominal().isPresent()) {
            Instant nominal = made.nominal().get();
            return made.tiers().contains(rhythm) && nominal.isAfter(point.minus(tolerance)) && !nominal.isAfter(point);
        }
        return made.tag().equals(Optional.of(rhythm)) && !made.end().isBefore(point);
    }

    private Stream<BackupId> begunFrom(Instant instant) {
        // An id knows seconds only.
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        return backups.stream().filter(it -> !it.takenAt().isBefore(second));
    }

    private Optional<Manifest> manifest(BackupId backup) {
        return read.computeIfAbsent(backup, this::readManifest);
    }

    private Optional<Manifest> readManifest(BackupId backup) {
        try {
            return trust.manifest(repository, backup);
        } catch (StoreException e) {
            return switch (e.problem()) {
                // One that cannot be read is no backup; and it must not hide the others.
                case DAMAGED, UNSUITABLE, DENIED -> Optional.empty();
                case NOT_FOUND, EXISTS, FULL, UNREACHABLE -> throw e;
            };
        }
    }

    private static Optional<BackupId> id(String folder) {
        try {
            return Optional.of(new BackupId(folder));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
