package dev.lifeboat.starter;

import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.store.StoreException;
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

        record Fresh(Manifest newest, Duration age, String words) implements Answer {}

        record Needed(String words) implements Answer {}
    }

    Answer of(String database, String repository) {
        try {
            return Places.open(settings.repository(repository))
                    .newest(database)
                    .earlier()
                    .map(this::judge)
                    .orElseGet(() ->
                            new Answer.Needed("there is no backup of '%s' in '%s'".formatted(database, repository)));
        } catch (CommandException e) {
            return inDoubt(e.problem());
        } catch (StoreException e) {
            return inDoubt("the repository '%s' cannot be read: %s".formatted(repository, e.getMessage()));
        } catch (ConfigurationException e) {
            return inDoubt(Optional.ofNullable(e.getMessage()).orElse("the reader's keys are missing"));
        }
    }

    private Answer judge(Manifest newest) {
        Instant taken = newest.snapshot().time();
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
