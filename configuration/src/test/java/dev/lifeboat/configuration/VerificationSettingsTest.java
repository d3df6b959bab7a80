package dev.lifeboat.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationSettingsTest {

    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backup: { schedule: '0 2 * * *', zone: Europe/Berlin } | 30 2 * * * | Europe/Berlin",
                "backup: { schedule: { daily: '45 23 * * MON-FRI' } } | 15 0 * * * | UTC",
                "backup: { schedule: { hourly: '5 * * * *' }, zone: Europe/Berlin } | 0 6 * * * | UTC",
                "backup: { schedule: '0 2 * * *' }, verification: { schedule: '0 9 * * SUN', zone: Asia/Tokyo } | 0 9 * * SUN | Asia/Tokyo"
            })
    void is_half_an_hour_after_the_daily_backup_unless_it_is_said(String keys, String cron, String zone)
            throws IOException {
        Timetable timetable = orders(keys).verification().timetable().orElseThrow();

        assertThat(timetable.cron()).hasToString(cron);
        assertThat(timetable.zone()).hasToString(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "backup: { schedule: '0 2 * * *' }, verification: { schedule: off }"})
    void where_nothing_is_scheduled_or_it_is_off_nothing_begins(String keys) throws IOException {
        assertThat(orders(keys).verification().schedule().isEmpty()).isTrue();
    }

    @Test
    void a_limit_is_the_time_between_two_points_and_an_hour() throws IOException {
        assertThat(limits("backup: { schedule: { hourly: '0 * * * *', daily: '0 2 * * *', weekly: '0 2 * * SUN' } }"))
                .isEqualTo(Map.of(
                        "hourly", Duration.ofHours(2),
                        "daily", Duration.ofHours(25),
                        "weekly", Duration.ofDays(7).plusHours(1)));
    }

    @Test
    void on_a_day_of_25_hours_no_limit_is_shorter_than_the_longest_way_from_point_to_point() throws IOException {
        DatabaseSettings orders =
                orders("backup: { zone: Europe/Berlin, schedule: { hourly: '0 * * * *', daily: '0 2 * * *' } }");
        BackupSchedule schedule = orders.backup().schedule();
        Duration oldest = Duration.ZERO;
        Instant end = Instant.parse("2026-10-26T02:00:00Z");
        for (Instant now = Instant.parse("2026-10-24T00:00:00Z"); now.isBefore(end); now = now.plusSeconds(60)) {
            var limits = orders.verification().limits(schedule, now);
            for (Rhythm rhythm : List.of(Rhythm.HOURLY, Rhythm.DAILY)) {
                Instant last = schedule.timetable(rhythm).orElseThrow().last(now);
                Instant before = schedule.timetable(rhythm).orElseThrow().last(last.minusNanos(1));
                // For half an hour after a point its backup is still being made.
                Instant newest = Duration.between(last, now).toMinutes() < 30 ? before : last;
                assertThat(limits.get(rhythm.word()))
                        .as("%s at %s", rhythm, now)
                        .isGreaterThan(Duration.between(newest, now));
                if (rhythm == Rhythm.HOURLY && Duration.between(newest, now).compareTo(oldest) > 0) {
                    oldest = Duration.between(newest, now);
                }
            }
        }
        assertThat(oldest).as("this night has it").isGreaterThan(Duration.ofHours(2));
    }

    @Test
    void over_a_week_end_without_backups_the_last_one_grows_older() throws IOException {
        assertThat(limits("backup: { schedule: '0 2 * * MON-FRI' }")).isEqualTo(Map.of("daily", Duration.ofHours(73)));
    }

    @Test
    void a_backup_that_jitter_may_begin_late_may_be_older_by_as_much() throws IOException {
        assertThat(limits("backup: { schedule: '0 2 * * *', jitter: 4h }"))
                .isEqualTo(Map.of("daily", Duration.ofHours(29)));
    }

    @Test
    void what_is_written_wins_and_adds_kinds() throws IOException {
        assertThat(limits("backup: { schedule: '0 2 * * *' }, verification: { oldest: { daily: 30h, any: 3h } }"))
                .isEqualTo(Map.of("daily", Duration.ofHours(30), "any", Duration.ofHours(3)));
    }

    @Test
    void without_a_schedule_any_backup_of_the_last_25_hours_will_do() throws IOException {
        assertThat(limits("{}")).isEqualTo(Map.of("any", Duration.ofHours(25)));
    }

    @Test
    void the_rest_has_defaults() throws IOException {
        VerificationSettings verification = orders("{}").verification();

        assertThat(verification.readAllWithin()).isEqualTo(Duration.ofDays(7));
        assertThat(verification.sizeTolerance()).isEqualTo(30);
        assertThat(orders("verification: { read-all-within: 30d, warn-when-size-changes: 10% }")
                        .verification())
                .extracting(VerificationSettings::readAllWithin, VerificationSettings::sizeTolerance)
                .containsExactly(Duration.ofDays(30), 10);
    }

    @ParameterizedTest
    @CsvSource({
        "verification: { oldest: { dayly: 25h } }",
        "verification: { oldest: { daily: 25 } }",
        "verification: { schedule: '99 2 * * *' }",
        "verification: { zone: Berlin }",
        "verification: { read-all-whithin: 7d }"
    })
    void a_mistake_is_refused(String keys) {
        assertThatThrownBy(() -> orders(keys))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("databases.orders.verification");
    }

    private Map<String, Duration> limits(String keys) throws IOException {
        DatabaseSettings orders = orders(keys);
        return orders.verification().limits(orders.backup().schedule(), NOW);
    }

    private DatabaseSettings orders(String keys) throws IOException {
        Path file =
                Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories: { main: { url: "file:main", recipients: [age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq] } }
                databases: { orders: { url: "postgresql://me@127.0.0.1:5432/orders"%s } }
                """.formatted(keys.equals("{}") ? "" : ", " + keys));
        return Settings.load(file).database("orders");
    }
}
