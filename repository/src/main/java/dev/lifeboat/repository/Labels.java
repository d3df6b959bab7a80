package dev.lifeboat.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people say about a backup: why it was taken, by whom, and how long it must stay.
 *
 * @param nominal the point in time that a schedule made it for; empty if somebody asked for it
 * @param tiers the rhythms that had a point then, the highest first; none if somebody asked for it
 */
public record Labels(
        Optional<String> tag,
        Optional<String> hold,
        Optional<String> note,
        Optional<String> operator,
        Optional<Instant> keepUntil,
        Optional<Instant> nominal,
        List<String> tiers) {

    public static final Labels NONE =
            new Labels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Labels {
        tiers = List.copyOf(tiers);
    }

    /** What is said about a backup that no schedule made. */
    public Labels(
            Optional<String> tag,
            Optional<String> hold,
            Optional<String> note,
            Optional<String> operator,
            Optional<Instant> keepUntil) {
        this(tag, hold, note, operator, keepUntil, Optional.empty(), List.of());
    }
}
