package dev.lifeboat.workers.month;

import java.time.Instant;

/** One part that was away, from one instant until before another. */
record Outage(Part part, Instant from, Instant until) {

    enum Part {
        WORKER,
        SERVER,
        REPOSITORY,
        DATABASE
    }

    boolean covers(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }
}
