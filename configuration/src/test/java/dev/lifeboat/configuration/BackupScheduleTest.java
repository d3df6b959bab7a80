package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.backup;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupScheduleTest {

    private static final String ALL = "schedule: { hourly: '0 * * * *', daily: '0 2 * * *', weekly: '0 2 * * SUN',"
            + " monthly: '0 2 1 * *', yearly: '0 2 1 1 *' }";

    @TempDir
    private Path folder;

    @Test
    void a_cron_alone_is_daily() {
        BackupSchedule schedule = schedule("schedule: '0 2 * * *'");

        assertThat(schedule.timetables().keySet()).containsExactly(Rhythm.DAILY);
        assertThat(schedule.timetables().get(Rhythm.DAILY)).hasToString("Timetable[cron=0 2 * * *, zone=UTC]");
        assertThat(schedule.jitter()).isZero();
    }

    @Test
    void nothing_is_due_where_no_schedule_is_written() {
        assertThat(schedule("zone: Europe/Berlin")).isEqualTo(BackupSchedule.NONE);
        assertThat(BackupSchedule.NONE.due(Instant.EPOCH)).isEmpty();
    }

    @Test
    void rhythms_that_coincide_are_due_together_the_highest_first() {
        BackupSchedule schedule = schedule(ALL);

        assertThat(schedule.due(Instant.parse("2026-11-21T03:00:00Z"))).containsExactly(Rhythm.HOURLY);
        // A first of a month that is a Sunday.
        assertThat(schedule.due(Instant.parse("2026-11-01T02:00:00Z")))
                .containsExactly(Rhythm.MONTHLY, Rhythm.WEEKLY, Rhythm.DAILY, Rhythm.HOURLY);
        assertThat(schedule.due(Instant.parse("2027-01-01T02:00:00Z")))
                .containsExactly(Rhythm.YEARLY, Rhythm.MONTHLY, Rhythm.DAILY, Rhythm.HOURLY);
        assertThat(schedule.due(Instant.parse("2026-11-01T02:00:01Z"))).isEmpty();
    }

    @Test
    void thirteen_months_have_thirteen_monthly_points_and_two_yearly_ones_in_no_more_backups_than_hours() {
        BackupSchedule schedule = schedule(ALL);
        Instant begin = Instant.parse("2025-12-31T12:00:00Z");
        Instant end = Instant.parse("2027-01-31T12:00:00Z");

        List<Instant> points = schedule.points(begin, end);

        assertThat(points).isSorted().doesNotHaveDuplicates();
        assertThat(points).hasSize((int) Duration.between(begin, end).toHours());
        assertThat(points.stream().filter(it -> schedule.due(it).contains(Rhythm.MONTHLY)))
                .hasSize(13)
                .allMatch(it -> it.toString().endsWith("-01T02:00:00Z"));
        assertThat(points.stream().filter(it -> schedule.due(it).contains(Rhythm.YEARLY)))
                .containsExactly(Instant.parse("2026-01-01T02:00:00Z"), Instant.parse("2027-01-01T02:00:00Z"));
    }

    @Test
    void a_missed_backup_is_caught_up_for_nine_tenths_of_its_rhythm_at_most() {
        BackupSchedule schedule = schedule(ALL);

        assertThat(schedule.catchUp(Rhythm.HOURLY)).isEqualTo(Duration.ofMinutes(54));
        assertThat(schedule.catchUp(Rhythm.DAILY)).isEqualTo(Duration.parse("PT21H36M"));
        assertThat(schedule.catchUp(Rhythm.MONTHLY))
                .isEqualTo(Duration.ofHours(28 * 24 * 9 / 10).plusMinutes(48));
    }

    @Test
    void a_night_in_which_the_clock_is_put_forward_leaves_every_other_hour_its_catch_up_and_its_jitter() {
        BackupSchedule schedule = schedule("schedule: { hourly: '5 * * * *' }, zone: Europe/Berlin, jitter: 5m");

        assertThat(schedule.catchUp(Rhythm.HOURLY)).isEqualTo(Duration.ofMinutes(54));
    }

    @Test
    void a_catch_up_that_is_written_holds_for_each_rhythm_that_is_long_enough() {
        BackupSchedule schedule = schedule(ALL + ", catch-up: 6h");

        assertThat(schedule.catchUp(Rhythm.HOURLY)).isEqualTo(Duration.ofMinutes(54));
        assertThat(schedule.catchUp(Rhythm.DAILY)).isEqualTo(Duration.ofHours(6));
        assertThat(schedule.catchUp(Rhythm.YEARLY)).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void no_jitter_may_be_written_out() {
        assertThat(schedule("schedule: '0 2 * * *', jitter: 0s").jitter()).isZero();
    }

    private BackupSchedule schedule(String lines) {
        return Written.load(folder, backup(lines)).database("orders").backup().schedule();
    }
}
