package dev.lifeboat.repository;

import java.time.Instant;

/** The rule that a document's instants lie in years that every calendar can say. */
final class Moments {

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Moments() {}

    static void check(Instant instant, String name) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException("'%s' is not an instant of our time".formatted(name));
        }
    }
}
