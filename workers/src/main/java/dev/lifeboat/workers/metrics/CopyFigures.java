package dev.lifeboat.workers.metrics;

import dev.lifeboat.configuration.BackupSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How many copies are missing in the further repositories of a database. */
final class CopyFigures {

    private final Map<String, RepositoryReading> readings;
    private final Instant now;
    private final Samples samples;

    /**
     * Adds nothing yet.
     *
     * @param readings by the name of the repository; what was not read is not judged
     */
    CopyFigures(Map<String, RepositoryReading> readings, Instant now, Samples samples) {
        this.readings = readings;
        this.now = now;
        this.samples = samples;
    }

    void add(String database, BackupSettings backup) {
        Optional<RepositoryReading> home = Optional.ofNullable(readings.get(backup.home()));
        for (String further : backup.further()) {
            Optional<RepositoryReading> there = Optional.ofNullable(readings.get(further));
            if (home.isPresent() && there.isPresent()) {
                samples.add(
                        Family.COPIES_MISSING,
                        missing(
                                of(database, home.get()),
                                of(database, there.get()),
                                there.get().begun()),
                        database,
                        further);
            }
        }
    }

    // A backup from before this repository got its first copy was never meant to be there; and one that was committed
    // after this repository was read may well be there.
    private long missing(List<StoredBackup> wanted, List<StoredBackup> there, Instant read) {
        Set<String> copies = there.stream().map(it -> it.id().value()).collect(Collectors.toSet());
        Instant first = there.stream()
                .map(StoredBackup::ended)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return wanted.stream()
                .filter(it -> it.ended().isAfter(now.minus(RepositoryReader.WINDOW)))
                .filter(it -> !it.ended().isBefore(first) && it.ended().isBefore(read))
                .filter(it -> !copies.contains(it.id().value()))
                .count();
    }

    private static List<StoredBackup> of(String database, RepositoryReading reading) {
        return reading.backups().stream()
                .filter(it -> it.database().equals(database))
                .toList();
    }
}
