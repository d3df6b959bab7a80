package dev.lifeboat.repository;

import java.time.Instant;
import java.util.Optional;

/** What people say about a backup: why it was taken, by whom, and how long it must stay. */
public record Labels(
        Optional<String> tag,
        Optional<String> hold,
        Optional<String> note,
        Optional<String> operator,
        Optional<Instant> keepUntil) {

    public static final Labels NONE =
            new Labels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
