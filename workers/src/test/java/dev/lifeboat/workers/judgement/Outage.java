package dev.lifeboat.workers.judgement;

import java.time.Instant;

/** One part that was away, from one instant until before another. */
public record Outage(Part part, Instant from, Instant until) {

    public enum Part {
        WORKER,
        SERVER,
        REPOSITORY,
        DATABASE
    }

    public boolean covers(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }

    /** Whether it was away at some time of a span, its ends included. */
    boolean meets(Instant since, Instant upTo) {
        return !from.isAfter(upTo) && !until.isBefore(since);
    }
}
