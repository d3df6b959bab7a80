package dev.lifeboat.starter;

import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.Claims;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.starter.local.Folders;
import dev.lifeboat.starter.local.PrivateTemporal;
import dev.lifeboat.starter.terminal.CommandException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A standalone run whose command is dead, and with which the next command goes on by itself: it was begun by this user
 * on this machine with this configuration, nobody works in its folder, and the repository says that the database is
 * still its own: its claim is the newest, has not expired, and its backup is not committed yet. In doubt there is none:
 * whoever is at a terminal is told its folder, and can resume it by hand.
 */
final class LeftBehind {

    private final Conventions conventions;
    private final Settings settings;
    private final Instant now;

    LeftBehind(Conventions conventions, Settings settings, Instant now) {
        this.conventions = conventions;
        this.settings = settings;
        this.now = now;
    }

    /** The folder of such a run of {@code right}, which is the right to back up a database. */
    Optional<Path> of(String right, Standalone.Wishes wishes) {
        if (wishes.own()
                || wishes.folder().isPresent()
                || Standalone.binary(conventions).isEmpty()) {
            return Optional.empty();
        }
        return new StandaloneFolder(settings.worker().state())
                .unfinished(right).stream()
                        .filter(this::isPrivate)
                        .filter(it -> isOurs(StandaloneRecord.read(it), wishes))
                        .filter(PrivateTemporal::isFree)
                        .findFirst();
    }

    private boolean isPrivate(Path folder) {
        try {
            Folders.checkOwn(folder);
            return true;
        } catch (CommandException somebodyElses) {
            return false;
        }
    }

    private boolean isOurs(StandaloneRecord record, Standalone.Wishes wishes) {
        return record.durable()
                && record.by().equals(conventions.surroundings().operator())
                && record.host().equals(wishes.host())
                && record.configuration().equals(settings.file())
                && record.run().filter(it -> hasClaim(record.right(), it)).isPresent();
    }

    private boolean hasClaim(String right, String run) {
        String database = right.substring(right.indexOf('/') + 1);
        try {
            String home = settings.database(database).backup().home();
            Claims claims = new Claims(Places.open(settings.repository(home)), database);
            // One that holds nobody up any more has its backup, or is too late for it: a new run makes a newer one.
            return claims.holder(claims.newest(1), now)
                    .filter(it -> it.run().equals(run))
                    .isPresent();
        } catch (CommandException | ConfigurationException | StoreException nobodyKnows) {
            return false;
        }
    }
}
