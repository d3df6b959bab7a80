package dev.lifeboat.repository.survey;

import dev.lifeboat.repository.store.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * Whose turn it is to be read back. Each object has its own moment in a cycle that repeats for ever, known from its key
 * alone; it is due when its moment has passed since the last look. So nothing is remembered but the last look, and what
 * was missed is caught up by the next one.
 */
public final class Rotation {

    private static final Duration DAY = Duration.ofDays(1);

    private final long cycle;
    private final Instant last;
    private final Instant now;

    private Rotation(long cycle, Instant last, Instant now) {
        this.cycle = cycle;
        this.last = last;
        this.now = now;
    }

    /**
     * A rotation that comes to everything within {@code allWithin}, if there is a look every day.
     *
     * @param last until when everything that was due was read; one that is still to come counts for nothing, and all is due
     */
    public static Rotation of(Duration allWithin, Instant last, Instant now) {
        // A moment that has just passed waits for the next look, up to a day.
        Duration half = allWithin.dividedBy(2);
        Duration wait = half.compareTo(DAY) < 0 ? half : DAY;
        return new Rotation(allWithin.minus(wait).toMillis(), last.isAfter(now) ? Instant.EPOCH : last, now);
    }

    /**
     * Whether it is this object's turn.
     *
     * @param stored when the object was stored: it was read back then; a seal was written
     */
    public boolean isDue(Key key, Instant stored) {
        // A store whose clock is ahead, or a file whose time somebody set, must not keep anything from being read.
        boolean sinceThen = stored.isAfter(last) && !stored.isAfter(now);
        long from = (sinceThen ? stored : last).toEpochMilli() + 1;
        long next = from + Math.floorMod(moment(key) - from, cycle);
        return next <= now.toEpochMilli();
    }

    /** Whether it came since the last look, so that nobody has read it where it lies but who wrote it. */
    boolean isNew(Instant came) {
        return came.isAfter(last);
    }

    private long moment(Key key) {
        CRC32C hash = new CRC32C();
        hash.update(key.value().getBytes(StandardCharsets.UTF_8));
        // Spread over the whole cycle, which may be longer than 2^32 milliseconds.
        return Math.floorMod(hash.getValue() * 0x9E3779B97F4A7C15L, cycle);
    }
}
