package dev.lifeboat.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.policy.ConfiguredPolicyActivities;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.TestBackup;
import dev.lifeboat.repository.VerificationRecord;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.workflows.activity.ScheduleActivities.Due;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredScheduleActivitiesTest {

    private static final Instant SUNDAY = Instant.parse("2026-11-22T02:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private TestTools setup;
    private Instant now = SUNDAY.plusSeconds(3);

    @BeforeEach
    void configure() {
        setup = new TestTools(folder)
                .database("backup: { schedule: { daily: '0 2 * * *', weekly: '0 2 * * SUN', hourly: '0 * * * *' } }");
    }

    @Test
    void all_rhythms_that_meet_are_due_together() {
        Due due = due("daily", SUNDAY);

        assertThat(due.nominal()).isEqualTo(SUNDAY);
        assertThat(due.tiers()).extracting(Tag::value).containsExactly("weekly", "daily", "hourly");
        assertThat(due.alreadyMade()).as("there is no repository yet").isEmpty();
        assertThat(due.until()).isEqualTo(SUNDAY.plus(DAY.multipliedBy(9).dividedBy(10)));
        assertThat(due.note()).isEmpty();
    }

    @Test
    void a_worker_that_comes_late_takes_the_newest_point() {
        now = SUNDAY.plus(Duration.ofHours(5)).plusSeconds(1);

        Due hourly = due("hourly", SUNDAY);
        assertThat(hourly.nominal()).isEqualTo(SUNDAY.plus(Duration.ofHours(5)));
        assertThat(hourly.tiers()).extracting(Tag::value).containsExactly("hourly");
        assertThat(due("daily", SUNDAY).nominal()).isEqualTo(SUNDAY);
    }

    @Test
    void what_is_no_point_is_made_for_its_own_rhythm_and_said() {
        Instant odd = SUNDAY.plusSeconds(77);
        now = odd;

        Due due = due("weekly", odd);

        assertThat(due.nominal()).isEqualTo(odd);
        assertThat(due.tiers()).extracting(Tag::value).containsExactly("weekly");
        assertThat(due.note()).contains("no point of lifeboat.yml");
        assertThat(due("yearly", odd).tiers()).extracting(Tag::value).containsExactly("yearly");
    }

    @Test
    void a_local_time_that_comes_a_second_time_is_due_only_if_its_point_has_no_backup() {
        setup = setup.database("backup: { schedule: '30 2 * * *', zone: Europe/Berlin }");
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        now = first.plusSeconds(3);
        assertThat(due("daily", first).repeated()).isFalse();

        now = first.plusSeconds(3603);
        Due second = due("daily", first.plusSeconds(3600));
        assertThat(second.repeated()).as("Temporal began only this one").isFalse();
        assertThat(second.nominal()).isEqualTo(first);
        assertThat(second.note()).isEmpty();

        commit(first, "daily");
        assertThat(due("daily", first.plusSeconds(3600)).repeated()).isTrue();
    }

    @Test
    void a_point_that_has_its_backup_is_known_to_have_it() {
        commit(SUNDAY, "weekly", "daily");

        assertThat(due("hourly", SUNDAY).alreadyMade()).contains("orders-20261122T020001Z-k3x9");
        assertThat(due("hourly", SUNDAY.minus(Duration.ofHours(1))).alreadyMade())
                .as("the newest point counts")
                .isPresent();
    }

    @Test
    void the_policy_says_under_the_right_that_a_point_has_its_backup() {
        commit(SUNDAY, "daily");
        Tools tools = setup.tools();
        var policies = policies(tools);

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
        commit(Optional.empty(), SUNDAY, "weekly", "daily", "hourly");

        assertThat(due("daily", SUNDAY).alreadyMade()).isEmpty();
        assertThat(policies(setup.tools())
                        .loadBackupPolicy(
                                TestTools.order("aaaa").run(),
                                BackupRequest.onSchedule("orders", SUNDAY, List.of(new Tag("daily"))))
                        .alreadyMade())
                .isEmpty();
        setup.unsigned();
        assertThat(due("daily", SUNDAY).alreadyMade()).as("nobody signs").isPresent();
    }

    private ConfiguredPolicyActivities policies(Tools tools) {
        return new ConfiguredPolicyActivities(
                tools.settings(), tools.repositories(), () -> "here/default", InstantSource.fixed(now));
    }

    @Test
    void points_without_a_backup_are_missed_since_the_last_look() {
        commit(SUNDAY.minus(DAY.multipliedBy(8)), "daily");
        commit(SUNDAY, "weekly", "daily");

        assertThat(missed("daily", SUNDAY.minus(DAY.multipliedBy(9)), SUNDAY))
                .isEqualTo(new Missed(
                        7,
                        List.of(
                                SUNDAY.minus(DAY.multipliedBy(5)),
                                SUNDAY.minus(DAY.multipliedBy(4)),
                                SUNDAY.minus(DAY.multipliedBy(3)),
                                SUNDAY.minus(DAY.multipliedBy(2)),
                                SUNDAY.minus(DAY))));
        assertThat(missed("daily", SUNDAY.minus(DAY), SUNDAY.plus(DAY)).count()).isZero();
    }

    @Test
    void a_backup_in_between_hides_none_that_was_missed_before_it() {
        commit(SUNDAY.minus(DAY.multipliedBy(2)), "daily");

        assertThat(missed("daily", SUNDAY.minus(DAY.multipliedBy(4)), SUNDAY))
                .isEqualTo(new Missed(2, List.of(SUNDAY.minus(DAY.multipliedBy(3)), SUNDAY.minus(DAY))));
    }

    @Test
    void points_before_the_first_backup_of_a_rhythm_are_missed_too() {
        setup.open();

        assertThat(missed("daily", SUNDAY.minus(DAY.multipliedBy(3)), SUNDAY).newest())
                .containsExactly(SUNDAY.minus(DAY.multipliedBy(2)), SUNDAY.minus(DAY));
    }

    @Test
    void a_timetable_that_is_new_beside_old_backups_has_missed_nothing() {
        commit(SUNDAY.minus(DAY.multipliedBy(30)), "manual");
        commit(SUNDAY.minus(DAY.multipliedBy(29)), "daily");

        assertThat(missed("daily", SUNDAY.minusSeconds(1), SUNDAY).count()).isZero();
        assertThat(missed("hourly", SUNDAY, SUNDAY).count()).isZero();
    }

    @Test
    void a_backup_that_is_not_signed_makes_up_for_no_point() {
        commit(Optional.empty(), SUNDAY.minus(DAY), "daily");

        assertThat(missed("daily", SUNDAY.minus(DAY).minusSeconds(1), SUNDAY).newest())
                .containsExactly(SUNDAY.minus(DAY));
    }

    @Test
    void a_run_by_hand_does_not_call_a_point_missed_whose_own_run_is_still_to_come() {
        setup = setup.database("backup: { schedule: '0 2 * * *', jitter: 5m }");
        setup.open();
        Instant soon = SUNDAY.plusSeconds(30);

        assertThat(missed("daily", SUNDAY.minus(DAY.multipliedBy(2)), soon))
                .isEqualTo(new Missed(1, List.of(SUNDAY.minus(DAY)), false, Optional.of(SUNDAY)));
        assertThat(missed("daily", SUNDAY.minusSeconds(1), SUNDAY.plusSeconds(300)))
                .as("nothing begins it any more")
                .isEqualTo(new Missed(1, List.of(SUNDAY)));
    }

    @Test
    void more_points_than_are_looked_at_are_said_to_be_more() {
        setup.open();

        Missed missed = missed("hourly", SUNDAY.minus(Duration.ofHours(1_002)), SUNDAY);
        assertThat(missed.count()).isEqualTo(1_000);
        assertThat(missed.more()).isTrue();
        assertThat(missed("hourly", SUNDAY.minus(Duration.ofHours(1_001)), SUNDAY)
                        .more())
                .isFalse();
    }

    @Test
    void a_right_that_is_taken_is_waited_for_no_longer_than_a_day() {
        assertThat(due("weekly", SUNDAY).until()).isEqualTo(now.plus(DAY));
    }

    @Test
    void a_backup_by_hand_makes_up_for_the_last_point_before_it_alone() {
        now = SUNDAY.plus(DAY);
        commit(signingKey(), SUNDAY.plusSeconds(3600), true, "daily");

        assertThat(missed("daily", SUNDAY.minus(DAY).minusSeconds(1), SUNDAY.plus(DAY))
                        .newest())
                .containsExactly(SUNDAY.minus(DAY));
    }

    @Test
    void a_verification_of_before_the_schedule_had_its_times_leaves_none_missed_in_between() {
        setup = setup.database("backup: { schedule: '0 2 * * *' }");
        Instant look = SUNDAY.minus(DAY.multipliedBy(3));
        byte[] record = new VerificationRecord("any", "orders", look, "PASS", Map.of(), List.of()).bytes();
        setup.open()
                .store()
                .create(Layout.report("verify-orders-20261119T020000Z-aaaa", VerificationRecord.FILE), record);

        assertThat(activities()
                        .missed(
                                new Point("verify/orders", new Tag("daily"), SUNDAY.plusSeconds(1800)),
                                SUNDAY.minus(DAY))
                        .count())
                .isEqualTo(1);
        assertThat(activities()
                        .missed(
                                new Point("verify/orders", new Tag("daily"), SUNDAY.plusSeconds(1800)),
                                SUNDAY.minus(DAY.multipliedBy(9)))
                        .count())
                .as("since the look that there was")
                .isEqualTo(3);
    }

    @Test
    void verifications_are_missed_since_the_schedule_has_its_times() {
        setup = setup.database("backup: { schedule: '0 2 * * *' }");
        setup.open();

        assertThat(activities()
                        .missed(
                                new Point("verify/orders", new Tag("daily"), SUNDAY.plusSeconds(1800)),
                                SUNDAY.minus(DAY))
                        .newest())
                .containsExactly(SUNDAY.minus(DAY).plusSeconds(1800));
    }

    @Test
    void a_database_that_is_not_in_the_file_is_refused_in_words() {
        assertThatThrownBy(() -> activities().due(new Point("backup/people", new Tag("daily"), SUNDAY)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no database 'people'");
        assertThatThrownBy(() -> activities().due(new Point("check/setup", new Tag("daily"), SUNDAY)))
                .hasMessageContaining("lifeboat.yml has no schedules for 'check'");
    }

    @Test
    void a_repository_that_is_away_hinders_no_backup() throws IOException {
        commit(SUNDAY, "daily");
        Files.writeString(setup.repositoryFolder().resolve("repository.json"), "{");

        assertThat(due("daily", SUNDAY).alreadyMade()).isEmpty();
    }

    private Due due(String rhythm, Instant nominal) {
        return activities().due(new Point("backup/orders", new Tag(rhythm), nominal));
    }

    private Missed missed(String rhythm, Instant from, Instant nominal) {
        return activities().missed(new Point("backup/orders", new Tag(rhythm), nominal), from);
    }

    private ConfiguredScheduleActivities activities() {
        Tools tools = setup.tools();
        return new ConfiguredScheduleActivities(tools.settings(), tools.repositories(), InstantSource.fixed(now));
    }

    private void commit(Instant nominal, String... tiers) {
        commit(signingKey(), nominal, tiers);
    }

    private Optional<SigningKey> signingKey() {
        return SigningKey.of(setup.tools().settings().signing());
    }

    private void commit(Optional<SigningKey> key, Instant nominal, String... tiers) {
        commit(key, nominal, tiers[0].equals("manual"), tiers);
    }

    private void commit(Optional<SigningKey> key, Instant nominal, boolean byHand, String... tiers) {
        BackupId backup = BackupId.of("orders", nominal.plusSeconds(1), "k3x9");
        TestBackup.of(backup)
                .commit(setup.open(), byHand ? TestBackup.tagged(tiers[0]) : TestBackup.scheduled(nominal, tiers), key);
    }
}
