package dev.lifeboat.activities.schedule;

import static dev.lifeboat.activities.schedule.TestSchedule.DAY;
import static dev.lifeboat.activities.schedule.TestSchedule.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.policy.ConfiguredPolicyActivities;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.workflows.activity.ScheduleActivities.Due;
import dev.lifeboat.workflows.activity.ScheduleActivities.Point;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.model.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is due at a point of a schedule, and whether it has its backup already. */
class ConfiguredScheduleActivitiesTest {

    @TempDir
    Path folder;

    private TestSchedule schedule;

    @BeforeEach
    void configure() {
        schedule = new TestSchedule(folder);
    }

    @Test
    void all_rhythms_that_meet_are_due_together() {
        Due due = schedule.due("daily", SUNDAY);

        assertThat(due.nominal()).isEqualTo(SUNDAY);
        assertThat(due.tiers()).extracting(Tag::value).containsExactly("weekly", "daily", "hourly");
        assertThat(due.alreadyMade()).as("there is no repository yet").isEmpty();
        assertThat(due.until()).isEqualTo(SUNDAY.plus(DAY.multipliedBy(9).dividedBy(10)));
        assertThat(due.note()).isEmpty();
    }

    @Test
    void a_worker_that_comes_late_takes_the_newest_point() {
        schedule.now(SUNDAY.plus(Duration.ofHours(5)).plusSeconds(1));

        Due hourly = schedule.due("hourly", SUNDAY);
        assertThat(hourly.nominal()).isEqualTo(SUNDAY.plus(Duration.ofHours(5)));
        assertThat(hourly.tiers()).extracting(Tag::value).containsExactly("hourly");
        assertThat(schedule.due("daily", SUNDAY).nominal()).isEqualTo(SUNDAY);
    }

    @Test
    void a_worker_whose_clock_is_behind_takes_the_point_that_has_come_and_not_the_one_before() {
        schedule.commit(SUNDAY.minus(DAY), "daily");
        schedule.now(SUNDAY.minusMillis(300));

        Due due = schedule.due("daily", SUNDAY);
        assertThat(due.nominal()).isEqualTo(SUNDAY);
        assertThat(due.alreadyMade()).as("yesterday's is not today's").isEmpty();

        schedule.now(SUNDAY.minus(Duration.ofDays(3)));
        assertThat(schedule.due("weekly", SUNDAY).nominal()).isEqualTo(SUNDAY);
        assertThat(schedule.due("weekly", SUNDAY).until())
                .as("a machine that slept for three days gives it time, too")
                .isAfter(SUNDAY);
        schedule.commit(SUNDAY, "weekly", "daily");
        assertThat(schedule.due("weekly", SUNDAY).alreadyMade())
                .as("a backup of now is none that is still to come")
                .isPresent();
        assertThat(policies()
                        .loadBackupPolicy(
                                TestTools.order("aaaa").run(),
                                BackupRequest.onSchedule("orders", SUNDAY, List.of(new Tag("weekly"))))
                        .alreadyMade())
                .isPresent();
    }

    @Test
    void what_is_no_point_is_made_for_its_own_rhythm_and_said() {
        Instant odd = SUNDAY.plusSeconds(77);
        schedule.now(odd);

        Due due = schedule.due("weekly", odd);

        assertThat(due.nominal()).isEqualTo(odd);
        assertThat(due.tiers()).extracting(Tag::value).containsExactly("weekly");
        assertThat(due.note()).contains("no point of lifeboat.yml");
        assertThat(schedule.due("yearly", odd).tiers()).extracting(Tag::value).containsExactly("yearly");
    }

    @Test
    void a_local_time_that_comes_a_second_time_is_due_only_if_its_point_has_no_backup() {
        schedule.configure("backup: { schedule: '30 2 * * *', zone: Europe/Berlin }");
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        schedule.now(first.plusSeconds(3));
        assertThat(schedule.due("daily", first).repeated()).isFalse();

        schedule.now(first.plusSeconds(3603));
        Due second = schedule.due("daily", first.plusSeconds(3600));
        assertThat(second.repeated()).as("Temporal began only this one").isFalse();
        assertThat(second.nominal()).isEqualTo(first);
        assertThat(second.note()).isEmpty();

        schedule.commit(first, "daily");
        assertThat(schedule.due("daily", first.plusSeconds(3600)).repeated()).isTrue();
    }

    @Test
    void a_point_that_has_its_backup_is_known_to_have_it() {
        schedule.commit(SUNDAY, "weekly", "daily");

        assertThat(schedule.due("hourly", SUNDAY).alreadyMade()).contains("orders-20261122T020001Z-k3x9");
        assertThat(schedule.due("hourly", SUNDAY.minus(Duration.ofHours(1))).alreadyMade())
                .as("the newest point counts")
                .isPresent();
    }

    @Test
    void the_policy_says_under_the_right_that_a_point_has_its_backup() {
        schedule.commit(SUNDAY, "daily");
        var policies = policies();

        assertThat(policies.loadBackupPolicy(
                                TestTools.order("aaaa").run(),
                                BackupRequest.onSchedule("orders", SUNDAY, List.of(new Tag("daily"))))
                        .alreadyMade())
                .contains("orders-20261122T020001Z-k3x9");
        assertThat(policies.loadBackupPolicy(
                                TestTools.order("bbbb").run(),
                                BackupRequest.onSchedule("orders", SUNDAY.plus(DAY), List.of(new Tag("daily"))))
                        .alreadyMade())
                .isEmpty();
        assertThat(policies.loadBackupPolicy(TestTools.order("cccc").run(), BackupRequest.of("orders"))
                        .alreadyMade())
                .isEmpty();
    }

    @Test
    void a_manifest_that_is_not_signed_keeps_no_backup_from_being_made() {
        schedule.commit(Optional.empty(), SUNDAY, "weekly", "daily", "hourly");

        assertThat(schedule.due("daily", SUNDAY).alreadyMade()).isEmpty();
        assertThat(policies()
                        .loadBackupPolicy(
                                TestTools.order("aaaa").run(),
                                BackupRequest.onSchedule("orders", SUNDAY, List.of(new Tag("daily"))))
                        .alreadyMade())
                .isEmpty();
        schedule.setup().unsigned();
        assertThat(schedule.due("daily", SUNDAY).alreadyMade())
                .as("nobody signs")
                .isPresent();
    }

    @Test
    void a_right_that_is_taken_is_waited_for_no_longer_than_a_day() {
        assertThat(schedule.due("weekly", SUNDAY).until())
                .isEqualTo(schedule.now().plus(DAY));
    }

    @Test
    void a_database_that_is_not_in_the_file_is_refused_in_words() {
        assertThatThrownBy(() -> schedule.activities().due(new Point("backup/people", new Tag("daily"), SUNDAY)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no database 'people'");
        assertThatThrownBy(() -> schedule.activities().due(new Point("check/setup", new Tag("daily"), SUNDAY)))
                .hasMessageContaining("lifeboat.yml has no schedules for 'check'");
    }

    @Test
    void a_repository_that_is_away_hinders_no_backup() throws IOException {
        schedule.commit(SUNDAY, "daily");
        Files.writeString(schedule.setup().repositoryFolder().resolve("repository.json"), "{");

        assertThat(schedule.due("daily", SUNDAY).alreadyMade()).isEmpty();
    }

    private ConfiguredPolicyActivities policies() {
        Tools tools = schedule.setup().tools();
        return new ConfiguredPolicyActivities(
                tools.settings(), tools.repositories(), () -> "here/default", InstantSource.fixed(schedule.now()));
    }
}
