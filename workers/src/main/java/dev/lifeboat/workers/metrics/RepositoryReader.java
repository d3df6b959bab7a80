package dev.lifeboat.workers.metrics;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.model.RunName;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a repository again and again; a manifest and a report, which never change, once only.
 *
 * <p>For one thread. Throws {@link StoreException} if the repository cannot be read.
 */
final class RepositoryReader {

    /** So far back runs and points of a schedule are counted. */
    static final Duration WINDOW = Duration.ofDays(31);

    private final String name;
    private final Supplier<Repository> repository;
    private final Supplier<TrustedKeys> trusted;
    private Map<BackupId, StoredBackup> backups = new HashMap<>();
    private Map<RunName, StoredRun> runs = new HashMap<>();
    private int damaged;

    /**
     * Reads nothing yet.
     *
     * @param repository opens it; a repository that is away is looked for again each time
     * @param trusted whose manifests are believed; every manifest if they are none
     */
    RepositoryReader(String name, Supplier<Repository> repository, Supplier<TrustedKeys> trusted) {
        this.name = name;
        this.repository = repository;
        this.trusted = trusted;
    }

    RepositoryReading read(Instant now) {
        long began = System.nanoTime();
        Repository open = repository.get();
        damaged = 0;
        Belief belief = new Belief(trusted.get(), now);
        backups = refreshed(
                backups,
                backups(open.store()),
                id -> readable(() -> open.signedManifest(id).map(belief::backup)));
        runs = refreshed(
                runs,
                runs(open.store(), now),
                run -> readable(() -> StoredRun.read(open.store(), run).map(belief::run)));
        return new RepositoryReading(
                name,
                now,
                Duration.ofNanos(System.nanoTime() - began),
                List.copyOf(backups.values()),
                List.copyOf(runs.values()),
                damaged,
                open.store().free());
    }

    private static <K, V> Map<K, V> refreshed(Map<K, V> known, List<K> there, Function<K, Optional<V>> read) {
        Map<K, V> fresh = new HashMap<>();
        for (K key : there) {
            Optional.ofNullable(known.get(key)).or(() -> read.apply(key)).ifPresent(value -> fresh.put(key, value));
        }
        return fresh;
    }

    private List<BackupId> backups(Store store) {
        List<BackupId> found = new ArrayList<>();
        for (String database : store.folders(Layout.databases())) {
            for (String folder :
                    understood(() -> store.folders(Layout.backups(database))).orElse(List.of())) {
                understood(() -> new BackupId(folder))
                        .filter(id -> id.database().equals(database))
                        .ifPresentOrElse(found::add, () -> damaged++);
            }
        }
        return found;
    }

    /** What one document says; what cannot be read or believed is counted, and hides no other. */
    private <T> Optional<T> readable(Supplier<Optional<T>> document) {
        try {
            return document.get();
        } catch (StoreException e) {
            switch (e.problem()) {
                case DAMAGED, UNSUITABLE, DENIED -> damaged++;
                case NOT_FOUND, EXISTS, FULL, UNREACHABLE -> throw e;
            }
            return Optional.empty();
        }
    }

    // Filed under the month in which they began, and a run may take weeks: one month more than the window.
    private static List<RunName> runs(Store store, Instant now) {
        Set<Key> months = new TreeSet<>();
        YearMonth last = YearMonth.from(now.atZone(ZoneOffset.UTC));
        YearMonth first =
                YearMonth.from(now.minus(WINDOW).atZone(ZoneOffset.UTC)).minusMonths(1);
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            months.add(Layout.reports()
                    .child(String.format(Locale.ROOT, "%04d/%02d", month.getYear(), month.getMonthValue())));
        }
        return months.stream()
                .flatMap(month -> store.folders(month).stream())
                .flatMap(folder -> understood(() -> new RunName(folder)).stream())
                .toList();
    }

    private static <T> Optional<T> understood(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException somebodyElses) {
            return Optional.empty();
        }
    }
}
