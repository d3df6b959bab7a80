package dev.lifeboat.repository.verification;

import dev.lifeboat.repository.LargeObjects;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.SequenceValue;
import dev.lifeboat.repository.archive.Inspection;
import dev.lifeboat.repository.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a dump holds, against what the manifest says it held when it was taken. */
final class DumpChecks {

    private static final String DUMP = "dump";
    private static final String OLDER =
            "the manifest does not say: an older Lifeboat wrote it, or it did not know the format";

    private final Manifest manifest;
    private final List<Check> checks = new ArrayList<>();

    DumpChecks(Manifest manifest) {
        this.manifest = manifest;
    }

    static boolean isDump(SealedObject object) {
        return object.name().endsWith(".dump.zst.age");
    }

    static Check unread(String why) {
        return inconclusive(DUMP, "tables, large objects, sequences and schema were not compared: " + why);
    }

    List<Check> of(Supplier<Inspection> read) {
        Inspection found;
        try {
            found = read.get();
        } catch (StoreException e) {
            return List.of(new Check(DUMP, "", Verdict.FAIL, String.valueOf(e.getMessage()), e.hint()));
        }
        if (!found.understood()) {
            return List.of(unread("this Lifeboat does not understand the dump: "
                    + found.whyNot().get()));
        }
        checks.add(Check.pass(DUMP, "", "version %s of its format, read to its end".formatted(found.archiveVersion())));
        checks.addAll(new TableChecks(manifest).of(found.tables()));
        checks.add(largeObjects(found.largeObjects()));
        checks.add(sequences(found));
        checks.add(schema(found.schemaFingerprint()));
        return List.copyOf(checks);
    }

    private Check largeObjects(Optional<dev.lifeboat.repository.archive.LargeObjects> inDump) {
        String check = "large objects";
        Optional<LargeObjects> said = manifest.largeObjects();
        if (said.isEmpty() && manifest.schemaFingerprint().isEmpty()) {
            return inconclusive(check, OLDER);
        }
        long expected = said.map(LargeObjects::count).orElse(0L);
        long found =
                inDump.map(dev.lifeboat.repository.archive.LargeObjects::count).orElse(0L);
        if (found != expected) {
            return fail(check, "the dump holds %d, and %d were taken".formatted(found, expected));
        }
        Optional<String> fingerprint = said.flatMap(LargeObjects::fingerprint);
        if (found == 0) {
            return Check.pass(check, "", "none");
        }
        if (fingerprint.isEmpty()) {
            return inconclusive(check, "%d, and no fingerprint was taken".formatted(found));
        }
        return fingerprint.equals(inDump.map(objects -> objects.fingerprint().text()))
                ? Check.pass(check, "", "%d, with the same fingerprint".formatted(found))
                : fail(check, "%d, and their fingerprint differs".formatted(found));
    }

    private Check sequences(Inspection found) {
        String check = "sequences";
        if (manifest.schemaFingerprint().isEmpty()) {
            return inconclusive(check, OLDER);
        }
        Set<SequenceValue> expected = new LinkedHashSet<>(manifest.sequences());
        Set<SequenceValue> inDump = new LinkedHashSet<>();
        found.sequences().forEach(it -> inDump.add(new SequenceValue(it.schema(), it.name(), it.value(), it.called())));
        if (expected.equals(inDump)) {
            return Check.pass(check, "", "%d, all where they were".formatted(inDump.size()));
        }
        Set<SequenceValue> differing = new LinkedHashSet<>(expected);
        differing.removeAll(inDump);
        Set<SequenceValue> others = new LinkedHashSet<>(inDump);
        others.removeAll(expected);
        differing.addAll(others);
        SequenceValue first = differing.iterator().next();
        return fail(
                check, "%s.%s and others stand elsewhere than in the manifest".formatted(first.schema(), first.name()));
    }

    private Check schema(String inDump) {
        String check = "schema";
        return manifest.schemaFingerprint()
                .map(expected -> expected.equals(inDump)
                        ? Check.pass(check, "", "the same definitions")
                        : fail(check, "its definitions are not those that were taken"))
                .orElseGet(() -> inconclusive(check, OLDER));
    }

    private static Check inconclusive(String check, String words) {
        return new Check(check, "", Verdict.INCONCLUSIVE, words, "");
    }

    private static Check fail(String check, String words) {
        return new Check(check, "", Verdict.FAIL, words, TableChecks.HINT);
    }
}
