package dev.lifeboat.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MadeOnScheduleTest {

    private static final Instant NIGHT = Instant.parse("2026-11-21T02:00:00Z");
    private static final Instant NEXT = NIGHT.plus(Duration.ofDays(1));
    private static final Duration TOLERANCE = Duration.ofHours(12);

    private static final Trust EVERYBODY = new Trust(TrustedKeys.of(List.of()), NEXT.plus(Duration.ofHours(1)));

    @TempDir
    Path folder;

    private Repository repository;

    @BeforeEach
    void open() {
        repository = Repository.openOrCreate(Stores.open("file:" + folder));
    }

    @Test
    void a_manifest_keeps_its_point_and_its_tiers() {
        commit(NIGHT.plusSeconds(3), "weekly", Optional.of(NIGHT), "weekly", "daily");

        Manifest read =
                repository.inventory(Optional.of("orders")).entries().getFirst().manifest();
        assertThat(read.nominal()).contains(NIGHT);
        assertThat(read.tiers()).containsExactly("weekly", "daily");
        assertThat(new String(repository.manifestBytes(read.backup()).orElseThrow(), UTF_8))
                .contains("\"nominal\": \"2026-11-21T02:00:00Z\"", "\"tiers\": [");
    }

    @Test
    void a_manifest_of_a_backup_by_hand_says_nothing_of_points() {
        BackupId backup = commit(NIGHT, "manual", Optional.empty());

        assertThat(new String(repository.manifestBytes(backup).orElseThrow(), UTF_8))
                .doesNotContain("nominal", "tiers");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"outcome\": \"COMMITTED\"}', true",
        "'{\"outcome\": \"FAILED\"}', false",
        "'{}', false",
        "'not JSON', false",
        "'', false",
        ", false"
    })
    void a_run_has_ended_well_if_its_report_says_so(@Nullable String report, boolean well) {
        BackupId backup = commit(NIGHT.plusSeconds(3), "daily", Optional.of(NIGHT), "daily");
        String run = repository.manifest(backup).orElseThrow().run();
        if (report != null) {
            repository.store().create(Layout.report(run, "report.json"), report.getBytes(UTF_8));
        }

        assertThat(new MadeOnSchedule(repository, "orders", EVERYBODY).endedWell(backup))
                .isEqualTo(well);
    }

    @Test
    void the_backup_of_a_point_is_found_by_the_very_instant() {
        BackupId made = commit(NIGHT.plusSeconds(3), "daily", Optional.of(NIGHT), "daily");
        commit(NIGHT.plusSeconds(600), "manual", Optional.empty());
        commit(NEXT.plusSeconds(3), "daily", Optional.of(NEXT), "daily");

        assertThat(made().at(NIGHT)).contains(made);
        assertThat(made().at(NIGHT.plusSeconds(1))).isEmpty();
        assertThat(new MadeOnSchedule(repository, "people", EVERYBODY).at(NIGHT))
                .isEmpty();
    }

    @Test
    void an_attempt_that_was_never_committed_is_no_backup() {
        Samples.sealed(repository, BackupId.of("orders", NIGHT.plusSeconds(3), "aaaa"), "a1", "data");

        assertThat(made().at(NIGHT)).isEmpty();
        assertThat(covers("daily")).isFalse();
    }

    @Test
    void a_damaged_manifest_hides_no_other() {
        repository
                .store()
                .create(Layout.manifest(BackupId.of("orders", NIGHT.plusSeconds(9), "bbbb")), "{".getBytes(UTF_8));
        BackupId made = commit(NIGHT.plusSeconds(3), "daily", Optional.of(NIGHT), "daily");

        assertThat(made().at(NIGHT)).contains(made);
        assertThat(covers("daily")).isTrue();
    }

    @Test
    void a_backup_serves_all_of_its_tiers_and_no_others() {
        commit(NIGHT.plusSeconds(3), "weekly", Optional.of(NIGHT), "weekly", "daily");

        assertThat(covers("weekly")).isTrue();
        assertThat(covers("daily")).isTrue();
        assertThat(covers("hourly")).isFalse();
    }

    @Test
    void a_backup_that_was_made_for_a_point_serves_it_even_after_the_next_one() {
        commit(NEXT.plusSeconds(600), "weekly", Optional.of(NIGHT), "weekly", "daily");

        assertThat(covers("daily")).isTrue();
    }

    @Test
    void a_backup_by_hand_after_the_next_point_serves_that_one_only() {
        commit(NEXT.plusSeconds(600), "daily", Optional.empty());

        assertThat(covers("daily")).isFalse();
    }

    @Test
    void a_backup_for_another_point_serves_none_before_it() {
        commit(NIGHT.plus(Duration.ofHours(20)), "daily", Optional.of(NEXT), "daily");

        assertThat(covers("daily")).isFalse();
    }

    @Test
    void a_timetable_that_was_changed_by_less_than_half_misses_nothing() {
        Instant hourBefore = NIGHT.minus(Duration.ofHours(1));
        commit(hourBefore.plusSeconds(3), "daily", Optional.of(hourBefore), "daily");

        assertThat(covers("daily")).isTrue();
    }

    @Test
    void a_backup_by_hand_with_the_tag_serves_a_point_at_which_it_was_being_made() {
        // A sample ends a minute and a second after it began.
        commit(NIGHT.minusSeconds(30), "daily", Optional.empty());
        assertThat(covers("daily")).isTrue();
        assertThat(covers("weekly")).isFalse();
    }

    @Test
    void a_backup_by_hand_that_ended_before_serves_nothing() {
        commit(NIGHT.minusSeconds(300), "daily", Optional.empty());

        assertThat(covers("daily")).isFalse();
    }

    @Test
    void where_keys_are_trusted_a_backup_that_somebody_else_put_there_serves_no_point() {
        SigningKey ours = SigningKey.generate();
        Trust us = new Trust(TrustedKeys.of(List.of(ours.publicKey())), EVERYBODY.now());
        commit(NIGHT.plusSeconds(9), "daily", Optional.of(NIGHT), "daily");
        commit(NIGHT.plusSeconds(7), Optional.of(SigningKey.generate()), "daily", Optional.of(NIGHT), "daily");

        assertThat(made().at(NIGHT)).as("nobody is trusted").isPresent();
        assertThat(made(us).at(NIGHT)).isEmpty();
        assertThat(made(us).covers("daily", NIGHT, NEXT, TOLERANCE)).isFalse();

        BackupId made = commit(NIGHT.plusSeconds(3), Optional.of(ours), "daily", Optional.of(NIGHT), "daily");
        assertThat(made(us).at(NIGHT)).contains(made);
        assertThat(made(us).covers("daily", NIGHT, NEXT, TOLERANCE)).isTrue();
    }

    @Test
    void a_backup_from_days_to_come_serves_no_point() {
        commit(NEXT.plusSeconds(3), "daily", Optional.of(NIGHT), "daily");
        assertThat(made().at(NIGHT)).isPresent();

        Instant early = NEXT.minus(Duration.ofMinutes(10));
        assertThat(made(at(early)).at(NIGHT)).as("by its name").isEmpty();
        assertThat(made(at(early.plusSeconds(30))).at(NIGHT)).as("by its end").isEmpty();
        assertThat(made(at(early.plusSeconds(70))).at(NIGHT))
                .as("clocks differ a little")
                .isPresent();
    }

    private static Trust at(Instant now) {
        return new Trust(EVERYBODY.keys(), now);
    }

    private boolean covers(String rhythm) {
        return made().covers(rhythm, NIGHT, NEXT, TOLERANCE);
    }

    private MadeOnSchedule made() {
        return made(EVERYBODY);
    }

    private MadeOnSchedule made(Trust trust) {
        return new MadeOnSchedule(repository, "orders", trust);
    }

    private BackupId commit(Instant taken, String tag, Optional<Instant> nominal, String... tiers) {
        return commit(taken, Optional.empty(), tag, nominal, tiers);
    }

    private BackupId commit(
            Instant taken, Optional<SigningKey> key, String tag, Optional<Instant> nominal, String... tiers) {
        BackupId backup = BackupId.of("orders", taken, "k3x9");
        repository.commit(
                Manifest.of(
                        Samples.sealed(repository, backup, "a1", "data of " + backup),
                        new Labels(
                                Optional.of(tag),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                nominal,
                                List.of(tiers))),
                key);
        return backup;
    }
}
