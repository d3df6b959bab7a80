package dev.lifeboat.repository.kit;

import dev.lifeboat.repository.SealedObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rule that nothing in a backup is copied or opened over a file that the page reads or runs. */
final class KitNames {

    private static final Set<String> TAKEN = Set.of(
            "manifest.json",
            "manifest.signed",
            "manifest.signature",
            "signing.pub",
            "rows.txt",
            "rows.sql",
            "rows.found",
            "roles.txt",
            "roles.there",
            "restore.md",
            "sha256sums",
            "age.key");

    private KitNames() {}

    static void check(List<SealedObject> objects) {
        Set<String> names = new HashSet<>(TAKEN);
        for (SealedObject object : objects) {
            // Sticks are often formatted so that the case of a name does not count.
            if (!names.add(object.name().toLowerCase(Locale.ROOT))
                    || !names.add(Page.plainName(object).toLowerCase(Locale.ROOT))) {
                throw Page.damaged("an object '%s' in place of another file".formatted(object.name()));
            }
        }
    }
}
