package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.pulse.Pulse;
import java.time.Duration;
import java.util.OptionalLong;

/** How fast a stream may go, in bytes a second. What it could not use up once is not made up for later. */
final class Pace {

    private static final int PIECES = 5;

    private final OptionalLong limit;
    private long next = System.nanoTime();

    Pace(OptionalLong limit) {
        this.limit = limit;
    }

    static Pace free() {
        return new Pace(OptionalLong.empty());
    }

    /** How much may come at once: so little that the stream moves several times a second. */
    int piece(int buffer) {
        return limit.isEmpty() ? buffer : Math.clamp(limit.getAsLong() / PIECES, 1, buffer);
    }

    /** Rests after so many bytes until the next may come; throws if the activity is told to stop meanwhile. */
    void keep(int bytes, Pulse pulse) throws InterruptedException {
        if (limit.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        next = Math.max(next, now) + Math.round(bytes * 1e9 / limit.getAsLong());
        pulse.rest(Duration.ofNanos(next - now));
    }
}
