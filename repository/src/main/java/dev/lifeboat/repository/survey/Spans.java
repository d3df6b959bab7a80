package dev.lifeboat.repository.survey;

import java.time.Duration;

/** Ages and limits as a person says them, to the minute: {@code 24 h 59 min}. */
final class Spans {

    private Spans() {}

    static String words(Duration span) {
        if (span.toHours() == 0) {
            return "%d min".formatted(span.toMinutes());
        }
        String minutes = span.toMinutesPart() == 0 ? "" : " %d min".formatted(span.toMinutesPart());
        return "%d h%s".formatted(span.toHours(), minutes);
    }
}
