package dev.lifeboat.workflows.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseTest {

    private static final Instant SINCE = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void is_too_long_after_24_hours_and_a_minute_and_not_a_minute_before_24_hours() {
        Pause pause = Pause.now(SINCE, "ann", "the server is moved");

        assertThat(pause.isTooLong(SINCE.plus(Duration.ofMinutes(24 * 60 - 1)))).isFalse();
        assertThat(pause.isTooLong(SINCE.plus(Duration.ofMinutes(24 * 60 + 1)))).isTrue();
    }

    @Test
    void is_read_as_it_was_written() {
        Pause pause = Pause.now(SINCE, "ann smith", "moved: by hand");

        assertThat(Pause.read(pause.note())).isEqualTo(pause);
        assertThat(pause.by()).isEqualTo("ann_smith");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Paused via UI", "paused at 2026-13-45T99:00:00Z by ann: never"})
    void one_of_which_nobody_knows_since_when_is_too_long(String note) {
        Pause pause = Pause.read(note);

        assertThat(pause.since()).isEmpty();
        assertThat(pause.reason()).isEqualTo(note);
        assertThat(pause.isTooLong(SINCE)).isTrue();
    }
}
