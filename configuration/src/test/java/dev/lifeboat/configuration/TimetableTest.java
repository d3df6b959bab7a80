package dev.lifeboat.configuration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * * | 2026-11-21T00:00:00Z | 2026-11-21T02:00:00Z",
                "*/15 * * * * | 2026-11-21T00:00:00Z | 2026-11-21T00:15:00Z",
                "5/20 * * * * | 2026-11-21T00:26:00Z | 2026-11-21T00:45:00Z",
                "10-30/10 1 * * * | 2026-11-21T01:20:00Z | 2026-11-21T01:30:00Z",
                "0 2 * * SUN | 2026-11-21T02:00:00Z | 2026-11-22T02:00:00Z",
                "0 2 * * 7 | 2026-11-21T02:00:00Z | 2026-11-22T02:00:00Z",
                "0 2 * * 5-7 | 2026-11-21T02:00:00Z | 2026-11-22T02:00:00Z",
                "0 2 1 * * | 2026-11-21T02:00:00Z | 2026-12-01T02:00:00Z",
                "0 2 1 jan * | 2026-11-21T02:00:00Z | 2027-01-01T02:00:00Z",
                "0 2 29 2 * | 2026-11-21T02:00:00Z | 2028-02-29T02:00:00Z",
                "0 2 29 2 * | 2096-11-21T02:00:00Z | 2104-02-29T02:00:00Z",
            })
    void the_next_point_is_what_the_cron_says(String cron, Instant after, Instant next) {
        Timetable timetable = utc(cron);

        assertThat(timetable.next(after)).isEqualTo(next);
        assertThat(timetable.isPoint(next)).isTrue();
        assertThat(timetable.isPoint(next.plusSeconds(1))).isFalse();
        assertThat(timetable.last(next)).isEqualTo(next);
        assertThat(timetable.last(next.minusMillis(1))).isBeforeOrEqualTo(after);
    }

    @Test
    void points_are_later_than_the_first_instant_and_not_later_than_the_second() {
        Timetable hourly = utc("0 * * * *");
        Instant two = Instant.parse("2026-11-21T02:00:00Z");

        assertThat(hourly.points(two, two.plusSeconds(2 * 3600)))
                .containsExactly(two.plusSeconds(3600), two.plusSeconds(7200));
        assertThat(hourly.points(two, two)).isEmpty();
        assertThat(hourly.points(two, two.minusSeconds(7200))).isEmpty();
    }

    @Test
    void a_day_of_the_month_and_a_day_of_the_week_mean_either_as_in_cron() {
        // 2026-11-01 is a Sunday
        assertThat(days("0 2 15 * MON")).containsExactly("02", "09", "15", "16", "23", "30");
        assertThat(days("0 2 15 * *")).containsExactly("15");
        assertThat(days("0 2 * * MON")).containsExactly("02", "09", "16", "23", "30");
        assertThat(days("0 2 */10 * MON")).as("a field that begins with a star").isEmpty();
        assertThat(days("0 2 */15 * MON")).containsExactly("16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The clock goes from 02:00 to 03:00.
                "Europe/Berlin | 30 2 * * * | 2026-03-28 | 2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
                // From 03:00 back to 02:00.
                "Europe/Berlin | 30 2 * * * | 2026-10-24 | 2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
                "America/New_York | 30 2 * * * | 2026-03-07 | 2026-03-07T07:30:00Z 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z",
                "America/New_York | 30 1 * * * | 2026-10-31 | 2026-10-31T05:30:00Z 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z",
                // Half an hour: from 02:00 to 02:30, and back.
                "Australia/Lord_Howe | 15 2 * * * | 2026-10-03 | 2026-10-02T15:45:00Z 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z",
                "Australia/Lord_Howe | 45 1 * * * | 2026-04-04 | 2026-04-03T14:45:00Z 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z",
            })
    void a_night_with_a_change_of_the_clock_has_one_point_like_any_other(
            ZoneId zone, String cron, String first, String points) {
        Instant midnight = LocalDateTime.parse(first + "T00:00").atZone(zone).toInstant();

        assertThat(new Timetable(Cron.of(cron), zone).points(midnight, midnight.plus(Duration.ofDays(3))))
                .extracting(Instant::toString)
                .containsExactly(points.split(" "));
    }

    @Test
    void a_local_time_that_comes_twice_is_no_point_the_second_time() {
        Timetable night = new Timetable(Cron.of("30 2 * * *"), ZoneId.of("Europe/Berlin"));
        Instant first = Instant.parse("2026-10-25T00:30:00Z");

        assertThat(night.isPoint(first)).isTrue();
        assertThat(night.isRepeated(first)).isFalse();
        assertThat(night.isPoint(first.plusSeconds(3600))).isFalse();
        assertThat(night.isRepeated(first.plusSeconds(3600))).isTrue();
        assertThat(night.isRepeated(first.plusSeconds(3660))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Berlin | 0 2 * * * | 2026-10-25T00:59:59Z | 2026-10-24T00:00:00Z",
                "Europe/Berlin | 0 2 * * * | 2026-10-25T01:00:00Z | 2026-10-25T00:00:00Z",
                "Europe/Berlin | */30 * * * * | 2026-10-25T00:59:59Z | 2026-10-24T23:30:00Z",
                "Europe/Berlin | */30 * * * * | 2026-10-25T01:29:59Z | 2026-10-25T00:00:00Z",
                "Europe/Berlin | */30 * * * * | 2026-10-25T01:30:00Z | 2026-10-25T00:30:00Z",
                "Europe/Berlin | */30 * * * * | 2026-10-25T02:00:00Z | 2026-10-25T02:00:00Z",
                "Australia/Lord_Howe | 45 1 * * * | 2026-04-04T15:14:59Z | 2026-04-03T14:45:00Z",
                "Australia/Lord_Howe | 45 1 * * * | 2026-04-04T15:15:00Z | 2026-04-04T14:45:00Z",
                // Ordinary nights, and one in which the clock is put forward.
                "Europe/Berlin | 0 2 * * * | 2026-10-26T00:59:59Z | 2026-10-25T00:00:00Z",
                "Europe/Berlin | 0 2 * * * | 2026-10-26T01:00:00Z | 2026-10-26T01:00:00Z",
                "Europe/Berlin | 30 2 * * * | 2026-03-29T01:00:00Z | 2026-03-29T01:00:00Z",
            })
    void a_point_is_due_once_its_local_time_does_not_come_again(ZoneId zone, String cron, Instant upTo, Instant point) {
        assertThat(new Timetable(Cron.of(cron), zone).lastDue(upTo)).isEqualTo(point);
    }

    @Test
    void a_local_time_comes_for_the_last_time_after_the_clock_was_put_back_over_it() {
        Timetable night = new Timetable(Cron.of("0 2 * * *"), ZoneId.of("Europe/Berlin"));
        Instant first = Instant.parse("2026-10-25T00:00:00Z");

        assertThat(night.comesLast(first)).isEqualTo(first.plusSeconds(3600));
        assertThat(night.comesLast(first.plusSeconds(3600))).isEqualTo(first.plusSeconds(3600));
        assertThat(night.comesLast(first.minusSeconds(86_400))).isEqualTo(first.minusSeconds(86_400));
    }

    @Test
    void half_hours_that_the_clock_leaves_out_are_one_point_and_not_three() {
        Timetable halfHours = new Timetable(Cron.of("*/30 * * * *"), ZoneId.of("Europe/Berlin"));
        Instant before = Instant.parse("2026-03-29T00:30:00Z");

        assertThat(halfHours.points(before, before.plusSeconds(3600)))
                .containsExactly(before.plusSeconds(1800), before.plusSeconds(3600));
    }

    @Test
    void only_a_time_that_the_cron_does_not_name_itself_is_a_time_after_a_gap() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant to = Instant.parse("2028-01-01T00:00:00Z");
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        assertThat(new Timetable(Cron.of("30 2 * * *"), berlin).afterGaps(from, to))
                .extracting(LocalDateTime::toString)
                .containsExactly("2026-03-29T03:00", "2027-03-28T03:00");
        assertThat(new Timetable(Cron.of("30 2 * * MON"), berlin).afterGaps(from, to))
                .isEmpty();
        assertThat(new Timetable(Cron.of("0 * * * *"), berlin).afterGaps(from, to))
                .isEmpty();
        assertThat(new Timetable(Cron.of("15 2 * * *"), ZoneId.of("Australia/Lord_Howe")).afterGaps(from, to))
                .extracting(LocalDateTime::toString)
                .containsExactly("2026-10-04T02:30", "2027-10-03T02:30");
        assertThat(utc("30 2 * * *").afterGaps(from, to)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * SUN | 2026-03-08T02:00 2027-03-14T02:00",
                "0 0,1 * * SUN | 2026-03-08T01:00 2027-03-14T01:00",
                "30 0 * * SUN | 2026-03-08T01:00 2027-03-14T01:00",
                "0 2 1 * SUN | 2026-03-08T02:00 2027-03-14T02:00",
                "0 2 * * * | ''",
                "0 2 * * MON | ''",
            })
    void on_a_day_without_a_midnight_what_its_weekday_names_is_a_time_after_a_gap(String cron, String times) {
        assertThat(new Timetable(Cron.of(cron), ZoneId.of("America/Havana"))
                                .afterGaps(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"))
                                .stream()
                                .map(LocalDateTime::toString)
                                .collect(joining(" ")))
                .isEqualTo(times);
    }

    @Test
    void a_day_that_a_zone_leaves_out_has_its_point_at_the_beginning_of_the_next() {
        // Samoa went from the 29th of December 2011 to the 31st.
        Timetable night = new Timetable(Cron.of("0 2 30 12 *"), ZoneId.of("Pacific/Apia"));

        assertThat(night.next(Instant.parse("2011-12-01T00:00:00Z"))).isEqualTo("2011-12-30T10:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/5 * * * * | PT5M",
                "0 * * * * | PT1H",
                "0 2 * * * | PT24H",
                "0 2 * * 1,3 | P2D",
                "0 2 1 * * | P28D",
                "0 2 1 1 * | P365D",
                "0 2 29 2 * | P1461D",
                "0 2,6 * * * | PT4H"
            })
    void the_shortest_time_between_two_points_is_known(String cron, Duration shortest) {
        assertThat(utc(cron).shortest()).isEqualTo(shortest);
    }

    @Test
    void a_day_of_a_change_of_the_clock_is_shorter() {
        assertThat(berlin("0 4 * * *").shortest()).isEqualTo(Duration.ofHours(23));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"5 * * * * | PT1H", "59 * * * * | PT1H", "30 2 * * * | PT24H", "30 2,4 * * * | PT2H"})
    void a_point_that_one_night_has_moved_makes_no_other_day_shorter(String cron, Duration shortest) {
        assertThat(berlin(cron).shortestUnmoved()).isEqualTo(shortest);
    }

    @Test
    void the_night_that_moves_a_point_next_to_another_has_the_shortest_time() {
        assertThat(berlin("5 * * * *").shortest()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void on_the_day_of_the_change_itself_what_is_still_to_come_is_told() {
        Timetable evening = new Timetable(Cron.of("0 22 * * SUN"), ZoneId.of("America/Havana"));
        Instant change = Instant.parse("2026-03-08T05:00:00Z");

        for (Duration later : List.of(Duration.ZERO, Duration.ofHours(9), Duration.parse("PT20H59M59S"))) {
            Instant from = change.plus(later);
            assertThat(evening.afterGaps(from, from.plus(Duration.ofDays(30))))
                    .as("%s", from)
                    .containsExactly(LocalDateTime.parse("2026-03-08T22:00"));
        }
        Instant over = change.plus(Duration.ofHours(21));
        assertThat(evening.afterGaps(over, over.plus(Duration.ofDays(30)))).isEmpty();
    }

    private static Timetable berlin(String cron) {
        return new Timetable(Cron.of(cron), ZoneId.of("Europe/Berlin"));
    }

    private static List<String> days(String cron) {
        return utc(cron).points(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z")).stream()
                .map(it -> it.toString().substring(8, 10))
                .toList();
    }

    private static Timetable utc(String cron) {
        return new Timetable(Cron.of(cron), ZoneId.of("UTC"));
    }
}
