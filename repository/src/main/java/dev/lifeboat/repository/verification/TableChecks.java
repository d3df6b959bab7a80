package dev.lifeboat.repository.verification;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.archive.TableData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a dump, against those of the manifest: none missing, none extra, the same rows in each. */
final class TableChecks {

    static final String HINT = "manifest and dump are not of one backup: use another repository, or another backup.";

    private final Manifest manifest;

    TableChecks(Manifest manifest) {
        this.manifest = manifest;
    }

    List<Check> of(List<TableData> inDump) {
        Map<Name, TableData> left = new LinkedHashMap<>();
        inDump.forEach(table -> left.put(new Name(table.schema(), table.name()), table));
        List<Check> checks = new ArrayList<>();
        for (TableCount expected : manifest.tables()) {
            Name name = new Name(expected.schema(), expected.name());
            checks.add(table(name, expected, left.remove(name)));
        }
        left.keySet().forEach(name -> checks.add(extra(name)));
        return checks;
    }

    private static Check table(Name name, TableCount expected, @Nullable TableData found) {
        if (found == null) {
            return absent(name, expected);
        }
        if (expected.rows().isEmpty()) {
            return check(name, Verdict.INCONCLUSIVE, "the manifest does not say how many rows: " + expected.note());
        }
        long rows = expected.rows().getAsLong();
        if (found.rows() != rows) {
            return check(name, Verdict.FAIL, "the dump holds %d rows, and %d were taken".formatted(found.rows(), rows));
        }
        return content(name, expected, found);
    }

    /** Only a reason that keeps rows out of every dump is a good one: "not counted" says nothing about where they are. */
    private static Check absent(Name name, TableCount expected) {
        if (expected.isNeverInDump()) {
            return check(name, Verdict.PASS, "the dump holds no rows of it: " + expected.note());
        }
        return expected.rows().isEmpty()
                ? check(
                        name,
                        Verdict.INCONCLUSIVE,
                        "the dump holds no rows of it, and the manifest does not say why: " + expected.note())
                : check(name, Verdict.FAIL, "the dump does not hold it");
    }

    private static Check content(Name name, TableCount expected, TableData found) {
        Optional<String> fingerprint = expected.fingerprint();
        if (fingerprint.isEmpty()) {
            return check(name, Verdict.INCONCLUSIVE, "%d rows, and no fingerprint was taken".formatted(found.rows()));
        }
        return fingerprint.get().equals(found.fingerprint().text())
                ? check(name, Verdict.PASS, "%d rows, with the same fingerprint".formatted(found.rows()))
                : check(name, Verdict.FAIL, "%d rows, and their fingerprint differs".formatted(found.rows()));
    }

    /** Before dumps were inspected, a manifest named only the tables that SQL could count. */
    private Check extra(Name name) {
        return manifest.schemaFingerprint().isPresent()
                ? check(name, Verdict.FAIL, "the dump holds it, and the manifest does not name it")
                : check(name, Verdict.INCONCLUSIVE, "the manifest, of an older Lifeboat, does not name it");
    }

    private static Check check(Name name, Verdict verdict, String words) {
        return new Check(
                "table", name.schema() + "." + name.name(), verdict, words, verdict == Verdict.FAIL ? HINT : "");
    }

    private record Name(String schema, String name) {}
}
