package dev.lifeboat.repository;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finished attempt at a backup, the content of {@code attempt.json}: all that the manifest will say about the data.
 *
 * @param run the name of the run that made it
 * @param begun when the attempt began, {@code ended} when its last byte was durable
 * @param schemaFingerprint SHA-256 over the sorted definitions of everything in the dump, in hex
 */
public record Attempt(
        String attempt,
        String run,
        BackupId backup,
        String database,
        Engine engine,
        Source source,
        Snapshot snapshot,
        List<SealedObject> objects,
        List<TableCount> tables,
        Optional<LargeObjects> largeObjects,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<SequenceValue> sequences,
        Optional<String> schemaFingerprint,
        List<String> recipients,
        Compression compression,
        Instant begun,
        Instant ended,
        List<String> warnings) {

    static final int FORMAT = 2;

    public Attempt {
        requireNonNull(attempt, "attempt");
        requireNonNull(run, "run");
        requireNonNull(backup, "backup");
        requireNonNull(database, "database");
        requireNonNull(engine, "engine");
        requireNonNull(source, "source");
        requireNonNull(snapshot, "snapshot");
        requireNonNull(compression, "compression");
        requireNonNull(begun, "begun");
        requireNonNull(ended, "ended");
        objects = List.copyOf(objects);
        tables = List.copyOf(tables);
        sequences = orNone(sequences);
        recipients = List.copyOf(recipients);
        warnings = List.copyOf(warnings);
        Moments.check(begun, "begun");
        Moments.check(ended, "ended");
        OwnObjects.check(backup, database, attempt, objects);
    }

    // What an older Lifeboat had no word for.
    static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    public long plainBytes() {
        return objects.stream().mapToLong(SealedObject::plainBytes).sum();
    }

    public long storedBytes() {
        return objects.stream().mapToLong(SealedObject::storedBytes).sum();
    }
}
