package dev.lifeboat.workers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long Temporal has not seen this process poll. The moments at which it did are of the server's clock, which may differ
 * from ours by any amount: they are only compared with each other, and what passed in between is measured here. Of one thread.
 */
final class Sightings {

    private final LongSupplier nanos;
    private Optional<Sighting> last = Optional.empty();

    /** @param nanos this process's own time, as {@link System#nanoTime} */
    Sightings(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param poll the last poll that the server names now (UTC, by its clock); the first that is named counts as just now */
    Duration since(Instant poll) {
        long now = nanos.getAsLong();
        Sighting sighting = last.filter(it -> it.poll().equals(poll))
                .orElseGet(() -> new Sighting(
                        poll, now, last.map(it -> it.silenceAfter(poll, now)).orElse(Duration.ZERO)));
        last = Optional.of(sighting);
        return sighting.silence().plus(Duration.ofNanos(now - sighting.noticed()));
    }

    /** @param silence how long the poll was past when it was noticed */
    private record Sighting(Instant poll, long noticed, Duration silence) {

        // Looks are minutes apart: a poll that is new to us may have been the last one soon after the look before.
        private Duration silenceAfter(Instant later, long now) {
            Duration between = Duration.between(poll, later);
            Duration rest = Duration.ofNanos(now - noticed).minus(between);
            // A server's clock that was set back says nothing of how long ago that was.
            return between.isNegative() || rest.isNegative() ? Duration.ZERO : rest;
        }
    }
}
