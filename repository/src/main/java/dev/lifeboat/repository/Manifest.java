package dev.lifeboat.repository;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backup is, the content of {@code manifest.json}: written once, and the only proof that the backup counts.
 *
 * @param run the name of the run that took it
 * @param tag why it was taken, for example {@code daily}; retention goes by it
 * @param hold a reason for which it must not be deleted
 * @param keepUntil not deleted before this instant
 * @param nominal the point in time that a schedule made it for; empty if somebody asked for it
 * @param tiers the rhythms that had a point then, the highest first: one backup serves them all
 * @param begin when the attempt began, {@code end} when its last byte was durable
 * @param attempt the attempt whose objects these are
 * @param schemaFingerprint SHA-256 over the sorted definitions of everything in the dump, in hex
 */
public record Manifest(
        BackupId backup,
        String database,
        String run,
        Optional<String> tag,
        Optional<String> hold,
        Optional<String> note,
        Optional<String> operator,
        Optional<Instant> keepUntil,
        Optional<Instant> nominal,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> tiers,

        Instant begin,
        Instant end,
        Engine engine,
        Source source,
        Snapshot snapshot,
        List<SealedObject> objects,
        List<TableCount> tables,
        Optional<LargeObjects> largeObjects,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<SequenceValue> sequences,
        Optional<String> schemaFingerprint,
        List<String> recipients,
        String attempt,
        Compression compression,
        List<String> warnings) {

    static final int FORMAT = 2;
    static final String KIND = "manifest";

    /** The first format whose documents say their kind. */
    static final int SAYS_KIND = 2;

    public Manifest {
        requireNonNull(backup, "backup");
        requireNonNull(database, "database");
        requireNonNull(run, "run");
        requireNonNull(begin, "begin");
        requireNonNull(end, "end");
        requireNonNull(engine, "engine");
        requireNonNull(source, "source");
        requireNonNull(snapshot, "snapshot");
        requireNonNull(attempt, "attempt");
        requireNonNull(compression, "compression");
        objects = List.copyOf(objects);
        tables = List.copyOf(tables);
        tiers = Attempt.orNone(tiers);
        sequences = Attempt.orNone(sequences);
        recipients = List.copyOf(recipients);
        warnings = List.copyOf(warnings);
        Moments.check(begin, "begin");
        Moments.check(end, "end");
        keepUntil.ifPresent(it -> Moments.check(it, "keepUntil"));
        nominal.ifPresent(it -> Moments.check(it, "nominal"));
        OwnObjects.check(backup, database, attempt, objects);
    }

    /** The manifest of an attempt; a pure function, so that committing twice writes the same bytes. */
    public static Manifest of(Attempt attempt, Labels labels) {
        return new Manifest(
                attempt.backup(),
                attempt.database(),
                attempt.run(),
                labels.tag(),
                labels.hold(),
                labels.note(),
                labels.operator(),
                labels.keepUntil(),
                labels.nominal(),
                labels.tiers(),
                attempt.begun(),
                attempt.ended(),
                attempt.engine(),
                attempt.source(),
                attempt.snapshot(),
                attempt.objects(),
                attempt.tables(),
                attempt.largeObjects(),
                attempt.sequences(),
                attempt.schemaFingerprint(),
                attempt.recipients(),
                attempt.attempt(),
                attempt.compression(),
                attempt.warnings());
    }

    /** Whether this is what committing that attempt makes, whatever people say about it. */
    boolean isOf(Attempt other) {
        return of(other, new Labels(tag, hold, note, operator, keepUntil, nominal, tiers))
                .equals(this);
    }

    public long plainBytes() {
        return objects.stream().mapToLong(SealedObject::plainBytes).sum();
    }

    public long storedBytes() {
        return objects.stream().mapToLong(SealedObject::storedBytes).sum();
    }

    /** How many plain bytes one stored byte stands for. */
    public double ratio() {
        long stored = storedBytes();
        return stored == 0 ? 1 : (double) plainBytes() / stored;
    }
}
