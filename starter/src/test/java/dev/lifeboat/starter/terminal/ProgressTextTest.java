package dev.lifeboat.starter.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MIB = 1024 * 1024;

    private final ProgressText text = new ProgressText();

    @Test
    void the_first_look_knows_no_speed() {
        assertThat(text.of(dumped(10 * MIB, 100 * MIB, true), 0)).isEqualTo("dump 10.0 MiB of about 100.0 MiB");
    }

    @Test
    void speed_and_rest_are_those_of_the_last_seconds() {
        text.of(dumped(0, 100 * MIB, false), 0);

        assertThat(text.of(dumped(20 * MIB, 100 * MIB, false), 2 * SECOND))
                .isEqualTo("dump 20.0 MiB of 100.0 MiB · 10.0 MiB/s · 8 s left");
        assertThat(text.of(dumped(50 * MIB, 100 * MIB, true), 20 * SECOND)).contains("about 30 s left");
    }

    @Test
    void a_look_without_news_changes_nothing() {
        text.of(dumped(0, 100 * MIB, false), 0);
        String before = text.of(dumped(20 * MIB, 100 * MIB, false), 2 * SECOND);

        assertThat(text.of(dumped(20 * MIB, 100 * MIB, false), 3 * SECOND)).isEqualTo(before);
    }

    @Test
    void an_attempt_that_begins_again_is_not_slower_than_nothing() {
        text.of(dumped(90 * MIB, 100 * MIB, false), 0);

        assertThat(text.of(dumped(MIB, 100 * MIB, false), SECOND)).isEqualTo("dump 1.0 MiB of 100.0 MiB");
    }

    @Test
    void more_than_the_estimate_has_no_rest() {
        text.of(dumped(0, 10 * MIB, true), 0);

        assertThat(text.of(dumped(20 * MIB, 10 * MIB, true), SECOND)).doesNotContain("left");
    }

    @Test
    void an_unknown_total_is_left_out() {
        Progress rows = new Progress("count", 12_345, 0, false, "rows");

        assertThat(text.of(rows, 0)).isEqualTo("count 12,345 rows");
    }

    @Test
    void heartbeats_of_another_kind_are_no_progress() {
        assertThat(Progress.read("\"orders\"")).isEmpty();
        assertThat(Progress.read("{}")).isEmpty();
        assertThat(Progress.read("not json")).isEmpty();
        assertThat(Progress.read("")).isEmpty();
        assertThat(Progress.read(
                        "{\"what\":\"dump\",\"done\":123,\"total\":456,\"totalIsEstimate\":true,\"unit\":\"bytes\"}"))
                .contains(new Progress("dump", 123, 456, true, "bytes"));
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1048575,1.0 MiB", "1610612736,1.5 GiB"})
    void bytes_are_told_in_the_unit_that_fits(long bytes, String words) {
        assertThat(Words.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0,0.0 s", "1500,1.5 s", "12000,12 s", "200000,3 min 20 s", "7500000,2 h 5 min", "273600000,3 d 4 h"})
    void durations_are_told_in_two_units_at_most(long millis, String words) {
        assertThat(Words.duration(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @Test
    void numbers_are_the_same_in_every_locale() {
        Locale before = Locale.getDefault();
        Locale ofNumbers = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(Words.count(1_234_567)).isEqualTo("1,234,567");
            assertThat(Words.bytes(1536)).isEqualTo("1.5 KiB");
            assertThat(Words.ratio(28, 10)).isEqualTo("2.8×");
            assertThat(Words.time(Instant.parse("2026-11-21T03:15:00.9Z"))).isEqualTo("2026-11-21 03:15:00Z");
        } finally {
            Locale.setDefault(before);
            Locale.setDefault(Locale.Category.FORMAT, ofNumbers);
        }
    }

    private static Progress dumped(long done, long total, boolean estimate) {
        return new Progress("dump", done, total, estimate, "bytes");
    }
}
