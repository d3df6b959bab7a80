package dev.lifeboat.activities.schedule;

import static dev.lifeboat.activities.schedule.TestSchedule.DAY;
import static dev.lifeboat.activities.schedule.TestSchedule.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.VerificationRecord;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.activity.ScheduleActivities.Point;
import dev.lifeboat.workflows.model.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which points of a schedule nobody served. */
class MissedPointsTest {

    @TempDir
    Path folder;

    private TestSchedule schedule;

    @BeforeEach
    void configure() {
        schedule = new TestSchedule(folder);
    }

    @Test
    void points_without_a_backup_are_missed_since_the_last_look() {
        schedule.commit(SUNDAY.minus(DAY.multipliedBy(8)), "daily");
        schedule.commit(SUNDAY, "weekly", "daily");

        assertThat(schedule.missed("daily", SUNDAY.minus(DAY.multipliedBy(9)), SUNDAY))
                .isEqualTo(new Missed(
                        7,
                        List.of(
                                SUNDAY.minus(DAY.multipliedBy(5)),
                                SUNDAY.minus(DAY.multipliedBy(4)),
                                SUNDAY.minus(DAY.multipliedBy(3)),
                                SUNDAY.minus(DAY.multipliedBy(2)),
                                SUNDAY.minus(DAY))));
        assertThat(schedule.missed("daily", SUNDAY.minus(DAY), SUNDAY.plus(DAY)).count())
                .isZero();
    }

    @Test
    void a_backup_in_between_hides_none_that_was_missed_before_it() {
        schedule.commit(SUNDAY.minus(DAY.multipliedBy(2)), "daily");

        assertThat(schedule.missed("daily", SUNDAY.minus(DAY.multipliedBy(4)), SUNDAY))
                .isEqualTo(new Missed(2, List.of(SUNDAY.minus(DAY.multipliedBy(3)), SUNDAY.minus(DAY))));
    }

    @Test
    void a_point_that_was_moved_next_to_another_makes_up_for_none_but_itself() {
        schedule.configure("backup: { schedule: { hourly: '29 * * * *' }, zone: Europe/Berlin }");
        Instant moved = Instant.parse("2026-03-29T01:00:00Z");
        schedule.commit(moved, "hourly");

        assertThat(schedule.missed("hourly", moved.minusSeconds(1), moved.plusSeconds(5_340)))
                .isEqualTo(new Missed(1, List.of(moved.plusSeconds(1_740))));
    }

    @Test
    void points_before_the_first_backup_of_a_rhythm_are_missed_too() {
        schedule.setup().open();

        assertThat(schedule.missed("daily", SUNDAY.minus(DAY.multipliedBy(3)), SUNDAY)
                        .newest())
                .containsExactly(SUNDAY.minus(DAY.multipliedBy(2)), SUNDAY.minus(DAY));
    }

    @Test
    void a_timetable_that_is_new_beside_old_backups_has_missed_nothing() {
        schedule.commit(SUNDAY.minus(DAY.multipliedBy(30)), "manual");
        schedule.commit(SUNDAY.minus(DAY.multipliedBy(29)), "daily");

        assertThat(schedule.missed("daily", SUNDAY.minusSeconds(1), SUNDAY).count())
                .isZero();
        assertThat(schedule.missed("hourly", SUNDAY, SUNDAY).count()).isZero();
    }

    @Test
    void a_backup_that_is_not_signed_makes_up_for_no_point() {
        schedule.commit(Optional.empty(), SUNDAY.minus(DAY), "daily");

        assertThat(schedule.missed("daily", SUNDAY.minus(DAY).minusSeconds(1), SUNDAY)
                        .newest())
                .containsExactly(SUNDAY.minus(DAY));
    }

    @Test
    void a_run_by_hand_does_not_call_a_point_missed_whose_own_run_is_still_to_come() {
        schedule.configure("backup: { schedule: '0 2 * * *', jitter: 5m }");
        schedule.setup().open();
        Instant soon = SUNDAY.plusSeconds(30);

        assertThat(schedule.missed("daily", SUNDAY.minus(DAY.multipliedBy(2)), soon))
                .isEqualTo(new Missed(1, List.of(SUNDAY.minus(DAY)), false, Optional.of(SUNDAY)));
        assertThat(schedule.missed("daily", SUNDAY.minusSeconds(1), SUNDAY.plusSeconds(300)))
                .as("nothing begins it any more")
                .isEqualTo(new Missed(1, List.of(SUNDAY)));
    }

    @Test
    void more_points_than_are_looked_at_are_said_to_be_more() {
        schedule.setup().open();

        Missed missed = schedule.missed("hourly", SUNDAY.minus(Duration.ofHours(1_002)), SUNDAY);
        assertThat(missed.count()).isEqualTo(1_000);
        assertThat(missed.more()).isTrue();
        assertThat(schedule.missed("hourly", SUNDAY.minus(Duration.ofHours(1_001)), SUNDAY)
                        .more())
                .isFalse();
    }

    @Test
    void a_backup_by_hand_makes_up_for_the_last_point_before_it_alone() {
        schedule.now(SUNDAY.plus(DAY));
        schedule.commit(schedule.signingKey(), SUNDAY.plusSeconds(3600), true, "daily");

        assertThat(schedule.missed("daily", SUNDAY.minus(DAY).minusSeconds(1), SUNDAY.plus(DAY))
                        .newest())
                .containsExactly(SUNDAY.minus(DAY));
    }

    @Test
    void a_verification_of_before_the_schedule_had_its_times_leaves_none_missed_in_between() {
        schedule.configure("backup: { schedule: '0 2 * * *' }");
        Instant look = SUNDAY.minus(DAY.multipliedBy(3));
        byte[] record = new VerificationRecord("any", "orders", look, "PASS", Map.of(), List.of()).bytes();
        schedule.setup()
                .open()
                .store()
                .create(Layout.report("verify-orders-20261119T020000Z-aaaa", VerificationRecord.FILE), record);

        assertThat(schedule.activities()
                        .missed(
                                new Point("verify/orders", new Tag("daily"), SUNDAY.plusSeconds(1800)),
                                SUNDAY.minus(DAY))
                        .count())
                .isEqualTo(1);
        assertThat(schedule.activities()
                        .missed(
                                new Point("verify/orders", new Tag("daily"), SUNDAY.plusSeconds(1800)),
                                SUNDAY.minus(DAY.multipliedBy(9)))
                        .count())
                .as("since the look that there was")
                .isEqualTo(3);
    }

    @Test
    void verifications_are_missed_since_the_schedule_has_its_times() {
        schedule.configure("backup: { schedule: '0 2 * * *' }");
        schedule.setup().open();

        assertThat(schedule.activities()
                        .missed(
                                new Point("verify/orders", new Tag("daily"), SUNDAY.plusSeconds(1800)),
                                SUNDAY.minus(DAY))
                        .newest())
                .containsExactly(SUNDAY.minus(DAY).plusSeconds(1800));
    }
}
