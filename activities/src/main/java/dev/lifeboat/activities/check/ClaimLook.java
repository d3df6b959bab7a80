package dev.lifeboat.activities.check;

import dev.lifeboat.configuration.DatabaseSettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which databases are claimed in a repository: also of two Temporals that share it, one run at a time backs one up. */
final class ClaimLook {

    private static final String CHECK = "runs claim their databases here";

    private ClaimLook() {}

    static void at(Findings findings, Settings settings, String name, Repository repository, Instant now) {
        List<String> homed = settings.databases().values().stream()
                .filter(it -> it.backup().home().equals(name))
                .map(DatabaseSettings::name)
                .toList();
        if (homed.isEmpty()) {
            return;
        }
        try {
            look(findings, homed, repository, now);
        } catch (StoreException e) {
            findings.fail(CHECK, String.valueOf(e.getMessage()), e.hint());
        }
    }

    private static void look(Findings findings, List<String> homed, Repository repository, Instant now) {
        List<String> unreadable = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String database : homed) {
            Claims claims = new Claims(repository, database);
            Claims.Found found = claims.newest(1);
            unreadable.addAll(found.unreadable());
            words.add("'%s' %s"
                    .formatted(
                            database,
                            claims.holder(found, now)
                                    .map(it -> "(held by the run '%s' until %s)".formatted(it.run(), it.expires()))
                                    .orElse("(free)")));
        }
        if (unreadable.isEmpty()) {
            findings.pass(CHECK, String.join(", ", words));
        } else {
            findings.warn(CHECK, unreadable.getFirst(), "see who wrote it; such a claim is passed over");
        }
    }
}
