package dev.lifeboat.workers.metrics;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.TableCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What figures need of a manifest, and nothing that grows with the database.
 *
 * @param kind its tag
 * @param kinds the kind, and the rhythms that it was due for
 * @param nominal the point in time that a schedule made it for
 * @param ended when its last byte was durable
 * @param rows of the tables whose rows are in it
 */
record StoredBackup(
        BackupId id,
        String kind,
        Set<String> kinds,
        Optional<Instant> nominal,
        Instant ended,
        Duration took,
        long plainBytes,
        long storedBytes,
        long rows) {

    private static final String NO_TAG = "none";

    static StoredBackup of(Manifest manifest) {
        String kind = LabelText.of(manifest.tag().orElse(NO_TAG));
        Set<String> kinds = new TreeSet<>();
        manifest.tiers().forEach(tier -> kinds.add(LabelText.of(tier)));
        kinds.add(kind);
        return new StoredBackup(
                manifest.backup(),
                kind,
                kinds,
                manifest.nominal(),
                manifest.end(),
                Duration.between(manifest.begin(), manifest.end()),
                manifest.plainBytes(),
                manifest.storedBytes(),
                manifest.tables().stream()
                        .map(TableCount::rows)
                        .mapToLong(rows -> rows.orElse(0))
                        .sum());
    }

    String database() {
        return id.database();
    }
}
