package dev.lifeboat.repository;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a look at all backups of a database came to, the content of {@code verification.json} in the run's report; and up to
 * where the next one need not read again.
 *
 * @param at when it was looked at, UTC
 * @param verdict PASS, FAIL or INCONCLUSIVE
 * @param places by the repository's name
 * @param lines what was found, in sentences
 */
public record VerificationRecord(
        String run, String database, Instant at, String verdict, Map<String, Place> places, List<String> lines) {

    /** The name of the file in the run's report. */
    public static final String FILE = "verification.json";

    private static final int FORMAT = 1;
    private static final long LARGEST = 1024 * 1024;
    /** A look may wait for a backup for a day and a half, and bear trouble with a repository as long again. */
    private static final Duration LONGEST_RUN = Duration.ofDays(3);

    public VerificationRecord {
        Moments.check(at, "at");
        places = Collections.unmodifiableMap(new TreeMap<>(places)); // the same record is the same bytes
        lines = List.copyOf(lines);
    }

    /**
     * One repository.
     *
     * @param readUpTo everything that was due by then was read back
     * @param suspects keys of objects that were not as written; read again until they are
     */
    public record Place(Instant readUpTo, List<Key> suspects) {

        public Place {
            Moments.check(readUpTo, "readUpTo");
            suspects = List.copyOf(suspects);
        }
    }

    public byte[] bytes() {
        return Documents.write(this, FORMAT);
    }

    /**
     * The newest one of a database that is not older than {@code within}; empty if there is none. One that cannot be read
     * is passed over, as is one that cannot be true: then more is read again, never less.
     */
    public static Optional<VerificationRecord> newest(Store store, String database, Instant now, Duration within) {
        return newest(store, database, now, within, any -> true);
    }

    /**
     * How far the repository of that name was read, by the newest record that says so: one of a night in which it could not
     * be read does not undo the nights before.
     */
    public static Optional<Place> newestOf(
            String repository, Store store, String database, Instant now, Duration within) {
        return newest(store, database, now, within, it -> it.places().containsKey(repository))
                .flatMap(it -> Optional.ofNullable(it.places().get(repository)));
    }

    private static Optional<VerificationRecord> newest(
            Store store, String database, Instant now, Duration within, Predicate<VerificationRecord> wanted) {
        Pattern runs = Pattern.compile("verify-" + Pattern.quote(database) + "-\\d{8}T\\d{6}Z-[0-9a-z]{4}");
        YearMonth oldest = month(now.minus(within));
        for (YearMonth month = month(now); !month.isBefore(oldest); month = month.minusMonths(1)) {
            Key folder = Layout.reports().child("%d/%02d".formatted(month.getYear(), month.getMonthValue()));
            Optional<VerificationRecord> found = store.folders(folder).stream()
                    .filter(it -> runs.matcher(it).matches())
                    .flatMap(run -> read(store, run, database, now).stream())
                    .filter(wanted)
                    .max(Comparator.comparing(VerificationRecord::at));
            if (found.isPresent()) {
                return found.filter(it -> it.at().isAfter(now.minus(within)));
            }
        }
        return Optional.empty();
    }

    private static Optional<VerificationRecord> read(Store store, String run, String database, Instant now) {
        Key key = Layout.report(run, FILE);
        try {
            // Its size first: whoever wrote it may have wanted to fill the memory.
            return store.list(Layout.report(run)).stream()
                    .filter(it -> it.key().equals(key) && it.bytes() <= LARGEST)
                    .flatMap(it -> store.read(key).stream())
                    .map(bytes -> Documents.read(VerificationRecord.class, key, bytes, FORMAT))
                    .filter(it -> it.database().equals(database) && it.canBeOf(run, now))
                    .findFirst();
        } catch (StoreException e) {
            return switch (e.problem()) {
                case DAMAGED, UNSUITABLE, DENIED, NOT_FOUND -> Optional.empty();
                case EXISTS, FULL, UNREACHABLE -> throw e;
            };
        }
    }

    // From a clock that was ahead, or forged: it would keep everything from being read until then.
    private boolean canBeOf(String run, Instant now) {
        Optional<Instant> started = started(run);
        return started.filter(it -> !it.isAfter(now)
                                && Duration.between(it, at).abs().compareTo(LONGEST_RUN) <= 0)
                        .isPresent()
                && !at.isAfter(now)
                // Its name says when the look began; what it read was read later, by another machine's clock.
                && places.values().stream().noneMatch(it -> it.readUpTo().isAfter(at.plus(LONGEST_RUN)));
    }

    private static Optional<Instant> started(String run) {
        try {
            // The name of a verification ends as a backup's does: database, time, four characters.
            return Optional.of(new BackupId(run.substring("verify-".length())).takenAt());
        } catch (IllegalArgumentException noRealTime) {
            return Optional.empty();
        }
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atZone(ZoneOffset.UTC));
    }
}
