package dev.lifeboat.repository;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The moment that a backup shows.
 *
 * <p>The LSN is a lower bound and never a point to replay from: the snapshot is not older than it.
 */
public record Snapshot(Instant time, String notBeforeLsn, boolean inRecovery) {

    public Snapshot {
        requireNonNull(time, "time");
        Moments.check(time, "time");
        requireNonNull(notBeforeLsn, "notBeforeLsn");
    }
}
