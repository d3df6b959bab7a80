package dev.lifeboat.repository.survey;

import java.time.Duration;

/** Ages and limits as a person says them, to the minute: {@code 24 h 59 min}. */
final class Spans {

    private static final Duration ALMOST_A_MINUTE = Duration.ofMinutes(1).minusNanos(1);

    private Spans() {}

    /** Rounded up: whole minutes, and one more if any of the next has passed. What is over its limit never reads like it. */
    static String roundedUp(Duration span) {
        return words(span.plus(ALMOST_A_MINUTE));
    }

    /** Rounded down, and nothing of what is below zero: clocks differ, and no age is negative. */
    static String words(Duration span) {
        if (span.isNegative()) {
            return "0 min";
        }
        if (span.toHours() == 0) {
            return "%d min".formatted(span.toMinutes());
        }
        String minutes = span.toMinutesPart() == 0 ? "" : " %d min".formatted(span.toMinutesPart());
        return "%d h%s".formatted(span.toHours(), minutes);
    }
}
