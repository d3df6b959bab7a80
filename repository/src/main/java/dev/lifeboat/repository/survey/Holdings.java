package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a repository holds what its manifests name, in the size they name, and nothing that nobody knows. */
public final class Holdings {

    private static final String LISTED = "listed";

    private Holdings() {}

    /**
     * Judges listing and manifests of one database in one repository.
     *
     * @param atWorkSince what was written since then may belong to an attempt that still works, and is left out
     */
    public static List<Check> of(Shelf shelf, Instant atWorkSince) {
        List<Check> checks = new ArrayList<>();
        shelf.damaged()
                .forEach(it ->
                        checks.add(new Check("manifest", it.backup().value(), Verdict.FAIL, it.why(), it.hint())));
        Map<Key, Long> sizes = new HashMap<>();
        shelf.objects().forEach(it -> sizes.put(it.key(), it.bytes()));
        shelf.backups().forEach(it -> checks.add(complete(it, sizes)));
        checks.add(nothingElse(shelf, atWorkSince));
        return checks;
    }

    private static Check complete(Seen backup, Map<Key, Long> sizes) {
        List<String> wrong = new ArrayList<>();
        if (!sizes.containsKey(Layout.attemptFile(backup.backup(), backup.attempt()))) {
            wrong.add("the seal of its attempt is missing");
        }
        for (SealedObject object : backup.objects()) {
            Long bytes = sizes.get(object.key());
            if (bytes == null) {
                wrong.add("'%s' is missing".formatted(object.key()));
            } else if (bytes != object.storedBytes()) {
                wrong.add(
                        "'%s' has %d bytes, and %d were written".formatted(object.key(), bytes, object.storedBytes()));
            }
        }
        return wrong.isEmpty()
                ? new Check(LISTED, backup.backup().value(), Verdict.PASS, "all objects are there in their size", "")
                : new Check(
                        LISTED,
                        backup.backup().value(),
                        Verdict.FAIL,
                        String.join("; ", wrong),
                        "use another repository that has it, and copy it back: lifeboat copies " + backup.backup());
    }

    private static Check nothingElse(Shelf shelf, Instant atWorkSince) {
        List<StoredObject> unknown = unknown(shelf).stream()
                .filter(it -> it.modified().isBefore(atWorkSince))
                .toList();
        return unknown.isEmpty()
                ? new Check("nothing else", "", Verdict.PASS, "lies there that no manifest knows", "")
                : new Check(
                        "nothing else",
                        "",
                        Verdict.WARN,
                        "%d objects (%d bytes) lie there that no manifest and no running attempt knows, as '%s'"
                                .formatted(
                                        unknown.size(),
                                        unknown.stream()
                                                .mapToLong(StoredObject::bytes)
                                                .sum(),
                                        unknown.getFirst().key()),
                        "the next backup's sweep removes what an attempt left; see who put the rest there");
    }

    private static List<StoredObject> unknown(Shelf shelf) {
        Set<Key> named = new HashSet<>();
        shelf.backups().forEach(it -> named.addAll(it.keys()));
        // What a damaged manifest names is not known, and the manifest itself is a finding already.
        List<Key> unreadable =
                shelf.damaged().stream().map(it -> Layout.backup(it.backup())).toList();
        return shelf.objects().stream()
                .filter(it -> !named.contains(it.key()))
                .filter(it -> unreadable.stream().noneMatch(it.key()::isBelow))
                .filter(it -> !isGivenUp(it.key(), shelf.database()))
                .toList();
    }

    /** In the place of a manifest that was not read lies the word that the backup was given up. */
    private static boolean isGivenUp(Key key, String database) {
        String prefix = Layout.backups(database).value() + "/";
        String below = key.value().startsWith(prefix) ? key.value().substring(prefix.length()) : "";
        return below.matches("[^/]+/manifest\\.json");
    }
}
