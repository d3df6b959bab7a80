package dev.lifeboat.repository.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a store is asked to keep an object, beyond its bytes.
 *
 * @param storageClass as the service spells it, such as {@code STANDARD_IA}; empty for the usual one
 * @param lock until when nobody may delete or replace it
 * @param tags words on the object itself, by name
 */
public record Placement(Optional<String> storageClass, Optional<Lock> lock, Map<String, String> tags) {

    /** Nothing is asked for. */
    public static final Placement NONE = new Placement(Optional.empty(), Optional.empty(), Map.of());

    public Placement {
        tags = Map.copyOf(tags);
    }

    /** What is asked for here and not there, in words; empty when {@code there} is as good or better. */
    Optional<String> missingIn(Placement there) {
        if (storageClass.isPresent() && !there.storageClass.orElse("STANDARD").equals(storageClass.get())) {
            return Optional.of("the storage class '%s'".formatted(storageClass.get()));
        }
        if (lock.isPresent() && there.lock.filter(lock.get()::isKeptBy).isEmpty()) {
            return Optional.of("the lock until %s".formatted(lock.get().until()));
        }
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .filter(tag -> !tag.getValue().equals(there.tags.get(tag.getKey())))
                        .map(tag -> "the tag '%s'".formatted(tag.getKey()))
                        .findFirst();
    }

    /** The same for what was written long ago: a lock counts from then, and lifecycle rules move objects between classes. */
    Optional<String> missingLaterIn(Placement there) {
        Optional<String> moved = there.storageClass.filter(name -> !name.equals("STANDARD"));
        Optional<Lock> since = lock.map(
                asked -> new Lock(asked.mode(), there.lock.map(Lock::until).orElse(asked.until())));
        return new Placement(storageClass.isPresent() ? moved.or(() -> storageClass) : storageClass, since, tags)
                .missingIn(there);
    }

    /** A time (UTC) before which an object can be neither deleted nor replaced. */
    public record Lock(Mode mode, Instant until) {

        /** Whether {@code there} locks at least as hard and, to the second, as long. */
        boolean isKeptBy(Lock there) {
            return there.mode.compareTo(mode) >= 0 && !there.until.isBefore(until.minusSeconds(1));
        }

        /** Who can lift a lock, the harder one last. */
        public enum Mode {
            /** Those with a right of its own. */
            GOVERNANCE,
            /** Nobody. */
            COMPLIANCE
        }
    }
}
