package dev.lifeboat.activities;

import dev.lifeboat.configuration.Location;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Placement;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.workflows.model.FailureType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The repositories of {@code lifeboat.yml}, by name, as this worker reaches them. */
public final class Repositories {

    private final Settings settings;
    private final String host;
    private final UnaryOperator<Store> door;

    /**
     * As this worker reaches them.
     *
     * @param host the name under which this worker serves its machine
     * @param door what stands between us and every store; tests count and kill there
     */
    public Repositories(Settings settings, String host, UnaryOperator<Store> door) {
        this.settings = settings;
        this.host = host;
        this.door = door;
    }

    /** The repository, which must be there, with the keys of {@code right}. */
    public Repository open(String name, StoreRight right) {
        return Repository.open(store(name, right));
    }

    /** The repository, with the right to add to it: what is added is kept as a backup with that tag is kept there. */
    public Repository openToAdd(String name, Optional<String> tag) {
        return Repository.open(placed(name, tag));
    }

    /** The same, made if its place is empty. */
    public Repository openOrCreateToAdd(String name, Optional<String> tag) {
        openOrCreate(name, StoreRight.WRITE); // what makes it a repository belongs to no backup
        return openToAdd(name, tag);
    }

    /**
     * How a small object has to be kept that shows whether a bucket keeps things as {@code lifeboat.yml} says; empty where
     * it says nothing. A tag's storage class stands for all if there is none for the others.
     *
     * @param lockedFor instead of the time that a backup is locked for, if it is locked at all
     */
    public Optional<Placement> probe(String name, Duration lockedFor) {
        return settings.repository(name).location() instanceof Location.Bucket bucket
                ? Optional.of(new Placement(
                                byTag(bucket.storageClass(), Optional.empty())
                                        .or(() -> bucket.storageClass().values().stream()
                                                .findFirst()),
                                bucket.lockMode()
                                        .map(mode -> new Placement.Lock(
                                                lock(mode), Instant.now().plus(lockedFor))),
                                Map.of()))
                        .filter(it -> !it.equals(Placement.NONE))
                : Optional.empty();
    }

    private Store placed(String name, Optional<String> tag) {
        Store store = store(name, StoreRight.WRITE);
        return settings.repository(name).location() instanceof Location.Bucket bucket
                ? new PlacedStore(store, () -> placement(bucket, tag))
                : store;
    }

    /** The repository, made if its place is empty, with the keys of {@code right}. */
    public Repository openOrCreate(String name, StoreRight right) {
        return Repository.openOrCreate(store(name, right));
    }

    private static Placement placement(Location.Bucket bucket, Optional<String> tag) {
        return new Placement(
                byTag(bucket.storageClass(), tag),
                bucket.lockMode()
                        .flatMap(mode -> byTag(bucket.lockedFor(), tag)
                                .map(time -> new Placement.Lock(
                                        lock(mode), Instant.now().plus(time)))),
                Map.of());
    }

    private static <T> Optional<T> byTag(Map<String, T> all, Optional<String> tag) {
        return tag.flatMap(it -> Optional.ofNullable(all.get(it))).or(() -> Optional.ofNullable(all.get("default")));
    }

    private static Placement.Lock.Mode lock(Location.LockMode mode) {
        return switch (mode) {
            case COMPLIANCE -> Placement.Lock.Mode.COMPLIANCE;
            case GOVERNANCE -> Placement.Lock.Mode.GOVERNANCE;
        };
    }

    /** The place itself, whatever lies there, with the keys of {@code right}. */
    public Store store(String name, StoreRight right) {
        RepositorySettings repository = settings.repository(name);
        repository.host().filter(it -> !it.equals(host)).ifPresent(other -> {
            throw Failures.permanent(
                    FailureType.REPOSITORY_UNSUITABLE,
                    "repository '%s' lies on host '%s', and this worker is '%s'".formatted(name, other, host),
                    "start the workers of all roles on '%s', or say `shared: true`".formatted(other));
        });
        return door.apply(Stores.open(repository.location(), right));
    }
}
