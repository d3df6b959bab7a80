package dev.lifeboat.starter;

import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.survey.Seen;
import dev.lifeboat.repository.survey.Shelf;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a database needs a backup now, by the repository alone. In doubt it does: one too many is better than none. */
final class Freshness {

    /** So far may two clocks be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Settings settings;
    private final Duration limit;
    private final Instant now;

    /** @param limit how old the newest backup may be, from the moment that it shows */
    Freshness(Settings settings, Duration limit, Instant now) {
        this.settings = settings;
        this.limit = limit;
        this.now = now;
    }

    /** What came of looking, and why. */
    sealed interface Answer {

        String words();

        record Fresh(Seen newest, Duration age, String words) implements Answer {}

        record Needed(String words) implements Answer {}
    }

    Answer of(String database, String repository) {
        try {
            Shelf shelf = Shelf.read(
                    repository,
                    Places.open(settings.repository(repository)),
                    database,
                    TrustedKeys.of(settings.signing()));
            return shelf.newest().map(this::judge).orElseGet(() -> none(shelf));
        } catch (CommandException e) {
            return inDoubt(e.problem());
        } catch (StoreException e) {
            return inDoubt("the repository '%s' cannot be read: %s".formatted(repository, e.getMessage()));
        } catch (ConfigurationException e) {
            return inDoubt(Optional.ofNullable(e.getMessage()).orElse("the reader's keys are missing"));
        }
    }

    private static Answer none(Shelf shelf) {
        int there = shelf.backups().size() + shelf.damaged().size();
        return there == 0
                ? new Answer.Needed(
                        "there is no backup of '%s' in '%s'".formatted(shelf.database(), shelf.repository()))
                : inDoubt(
                        "none of the %d backups of '%s' in '%s' counts: they are damaged, or no trusted key signed them"
                                .formatted(there, shelf.database(), shelf.repository()));
    }

    private Answer judge(Seen newest) {
        Instant taken = newest.taken();
        Duration age = Duration.between(taken, now);
        if (age.compareTo(SKEW.negated()) < 0) {
            return inDoubt("the newest backup '%s' shows a moment that is still to come, %s"
                    .formatted(newest.backup(), Words.time(taken)));
        }
        String words = "the newest backup '%s' is %s old".formatted(newest.backup(), Words.duration(age));
        return age.compareTo(limit) < 0
                ? new Answer.Fresh(newest, age, words + ", less than %s".formatted(Words.duration(limit)))
                : new Answer.Needed(words);
    }

    private static Answer inDoubt(String why) {
        return new Answer.Needed(why + "; making a backup rather than none");
    }
}
