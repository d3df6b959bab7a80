package dev.lifeboat.activities.dump;

import dev.lifeboat.repository.LargeObjects;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.SequenceValue;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.archive.Inspection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an attempt stored, and what is known of it.
 *
 * @param found what was seen in the dump as it passed; empty if nobody looked, or could not read it
 * @param countedObjects how many large objects the snapshot has
 */
record Recorded(
        List<SealedObject> objects,
        List<TableCount> tables,
        Optional<Inspection> found,
        long countedObjects,
        List<String> warnings) {

    /** A dump that nobody has compared yet. */
    static Recorded of(Recording.Stored dump) {
        List<String> warnings =
                dump.found().map(Inspection::whyNot).orElse(Optional.of("`fingerprints: off` says so")).stream()
                        .map(
                                "the dump was not compared with the database and has no fingerprints, because %s"
                                        ::formatted)
                        .toList();
        return new Recorded(
                List.of(dump.object()), List.of(), dump.found().filter(Inspection::understood), 0, warnings);
    }

    /** The same with one object more. */
    Recorded with(SealedObject object) {
        List<SealedObject> all =
                Stream.concat(objects.stream(), Stream.of(object)).toList();
        return new Recorded(all, tables, found, countedObjects, warnings);
    }

    /** The same with what was counted. */
    Recorded counted(List<TableCount> counted, long largeObjects) {
        return new Recorded(objects, counted, found, largeObjects, warnings);
    }

    /** The same with more to warn of. */
    Recorded warnedOf(List<String> more) {
        List<String> all = Stream.concat(warnings.stream(), more.stream()).toList();
        return new Recorded(objects, tables, found, countedObjects, all);
    }

    Optional<LargeObjects> largeObjects() {
        if (countedObjects == 0) {
            return Optional.empty();
        }
        Optional<String> fingerprint = found.flatMap(Inspection::largeObjects)
                .map(objects -> objects.fingerprint().text());
        return Optional.of(new LargeObjects(countedObjects, fingerprint));
    }

    List<SequenceValue> sequences() {
        return found.stream()
                .flatMap(it -> it.sequences().stream())
                .map(it -> new SequenceValue(it.schema(), it.name(), it.value(), it.called()))
                .toList();
    }

    Optional<String> schemaFingerprint() {
        return found.map(Inspection::schemaFingerprint);
    }
}
