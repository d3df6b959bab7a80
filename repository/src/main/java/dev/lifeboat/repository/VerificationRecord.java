package dev.lifeboat.repository;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    public VerificationRecord {
        places = Map.copyOf(places);
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
            suspects = List.copyOf(suspects);
        }
    }

    public byte[] bytes() {
        return Documents.write(this, FORMAT);
    }

    /**
     * The newest one of a database that is not older than {@code within}; empty if there is none. One that cannot be read
     * is passed over: then more is read again, never less.
     */
    public static Optional<VerificationRecord> newest(Store store, String database, Instant now, Duration within) {
        Pattern runs = Pattern.compile("verify-" + Pattern.quote(database) + "-\\d{8}T\\d{6}Z-[0-9a-z]{4}");
        YearMonth oldest = month(now.minus(within));
        for (YearMonth month = month(now); !month.isBefore(oldest); month = month.minusMonths(1)) {
            Key folder = Layout.reports().child("%d/%02d".formatted(month.getYear(), month.getMonthValue()));
            Optional<VerificationRecord> found = store.folders(folder).stream()
                    .filter(it -> runs.matcher(it).matches())
                    .sorted(Comparator.reverseOrder())
                    .flatMap(run -> read(store, run, database).stream())
                    // From a clock that was ahead: it would keep everything from being read until then.
                    .filter(it -> !it.at().isAfter(now))
                    .findFirst();
            if (found.isPresent()) {
                return found.filter(it -> it.at().isAfter(now.minus(within)));
            }
        }
        return Optional.empty();
    }

    private static Optional<VerificationRecord> read(Store store, String run, String database) {
        Key key = Layout.report(run, FILE);
        try {
            return store.read(key)
                    .map(bytes -> Documents.read(VerificationRecord.class, key, bytes, FORMAT))
                    .filter(it -> it.database().equals(database));
        } catch (StoreException e) {
            return switch (e.problem()) {
                case DAMAGED, UNSUITABLE, DENIED, NOT_FOUND -> Optional.empty();
                case EXISTS, FULL, UNREACHABLE -> throw e;
            };
        }
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atZone(ZoneOffset.UTC));
    }
}
