package dev.lifeboat.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures that are read from real repositories on disk. */
class WorkerMetricsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path folder;

    private Settings settings;
    private StoredExamples main;
    private StoredExamples far;

    @BeforeEach
    void make_two_repositories() throws IOException {
        Path file = folder.resolve("lifeboat.yml");
        String recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdrwu63sqgy0wmj";
        Files.writeString(file, """
                repositories:
                  main: { url: "file:%1$s/main", recipients: [%2$s], host: db1, minimum-free: 1MB }
                  far: { url: "file:%1$s/far", recipients: [%2$s], shared: true }
                  elsewhere: { url: "file:%1$s/elsewhere", recipients: [%2$s], host: db2 }
                databases:
                  orders:
                    url: "postgresql://u@h/orders"
                    backup: { to: [main, far], schedule: { hourly: "30 * * * *", daily: "30 2 * * *" }, give-up-after: 1h, jitter: 5m }
                  unscheduled:
                    url: "postgresql://u@h/unscheduled"
                    backup: { to: [main] }
                """.formatted(folder, recipient));
        settings = Settings.load(file);
        main = new StoredExamples(make("main"));
        far = new StoredExamples(make("far"));
    }

    @Test
    void the_newest_backup_of_each_kind_counts() {
        main.backup("daily", "2026-11-19T02:00:00Z", 4_000);
        main.backup("daily", "2026-11-20T02:00:00Z", 5_000);
        main.backup("hourly", "2026-11-21T11:00:00Z", 400);

        List<String> lines = scrape();

        assertThat(lines)
                .contains(
                        "lifeboat_backup_last_success_timestamp_seconds{database=\"orders\",kind=\"daily\",repository=\"main\"} "
                                + seconds("2026-11-20T02:01:00Z"),
                        "lifeboat_backup_last_success_timestamp_seconds{database=\"orders\",kind=\"hourly\",repository=\"main\"} "
                                + seconds("2026-11-21T11:01:00Z"),
                        "lifeboat_backup_last_plain_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} 5000.0",
                        "lifeboat_backup_last_stored_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} 1250.0",
                        "lifeboat_backup_last_duration_seconds{database=\"orders\",kind=\"daily\",repository=\"main\"} 60.0",
                        "lifeboat_backup_last_rows{database=\"orders\",kind=\"daily\",repository=\"main\"} 1000.0",
                        "lifeboat_backups{database=\"orders\",kind=\"daily\",repository=\"main\"} 2.0",
                        "lifeboat_backups_stored_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} 2250.0");
    }

    @Test
    void sizes_are_compared_within_a_kind_and_a_week() {
        main.backup("daily", "2026-11-10T02:00:00Z", 90_000);
        main.backup("daily", "2026-11-18T02:00:00Z", 1_000);
        main.backup("daily", "2026-11-20T02:00:00Z", 2_000);
        main.backup("hourly", "2026-11-20T23:00:00Z", 70_000);
        main.backup("daily", "2026-11-21T01:30:00Z", 3_000);

        List<String> lines = scrape();

        assertThat(lines)
                .contains(
                        "lifeboat_backup_week_mean_plain_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} 1500.0",
                        "lifeboat_backup_day_before_plain_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} 2000.0");
        assertThat(lines).noneMatch(it -> it.startsWith("lifeboat_backup_week_mean") && it.contains("hourly"));
    }

    @Test
    void the_last_run_and_the_last_verdict_are_states_and_not_counters() {
        main.goodRun("daily", "2026-11-19T02:05:00Z", "PASS");
        main.badRun("daily", "2026-11-21T02:05:00Z");
        main.goodRun("manual", "2026-11-20T02:05:00Z", "INCONCLUSIVE");
        main.goodRun("daily", "2026-10-11T02:05:00Z", "FAIL");

        List<String> lines = scrape();

        assertThat(lines)
                .contains(
                        outcome("daily", "FAILED", 1),
                        outcome("daily", "COMMITTED", 0),
                        outcome("manual", "COMMITTED", 1),
                        "lifeboat_backup_last_run_timestamp_seconds{database=\"orders\",kind=\"daily\"} "
                                + seconds("2026-11-21T02:05:00Z"),
                        "lifeboat_backup_runs_in_31_days{database=\"orders\",kind=\"daily\",outcome=\"COMMITTED\"} 1.0",
                        "lifeboat_backup_runs_in_31_days{database=\"orders\",kind=\"daily\",outcome=\"FAILED\"} 1.0",
                        "lifeboat_verification_last_verdict{database=\"orders\",runbook=\"BackUpDatabase\",verdict=\"INCONCLUSIVE\"} 1.0",
                        "lifeboat_verification_last_verdict{database=\"orders\",runbook=\"BackUpDatabase\",verdict=\"PASS\"} 0.0",
                        "lifeboat_verification_last_verdict{database=\"orders\",runbook=\"BackUpDatabase\",verdict=\"FAIL\"} 0.0",
                        "lifeboat_verifications_in_31_days{database=\"orders\",runbook=\"BackUpDatabase\",verdict=\"PASS\"} 1.0",
                        "lifeboat_verifications_in_31_days{database=\"orders\",runbook=\"BackUpDatabase\",verdict=\"FAIL\"} 0.0");
    }

    @Test
    void one_backup_serves_every_rhythm_that_was_due_and_its_size_counts_for_the_highest() {
        main.scheduled("2026-11-21T02:30:00Z", "daily", "hourly");
        main.scheduled("2026-11-21T01:30:00Z", "hourly");

        List<String> lines = scrape();

        assertThat(lines)
                .contains(
                        "lifeboat_backup_last_success_timestamp_seconds{database=\"orders\",kind=\"hourly\",repository=\"main\"} "
                                + seconds("2026-11-21T02:31:00Z"),
                        "lifeboat_backup_last_success_timestamp_seconds{database=\"orders\",kind=\"daily\",repository=\"main\"} "
                                + seconds("2026-11-21T02:31:00Z"),
                        "lifeboat_backups{database=\"orders\",kind=\"hourly\",repository=\"main\"} 1.0",
                        "lifeboat_backups{database=\"orders\",kind=\"daily\",repository=\"main\"} 1.0");
    }

    @Test
    void says_what_the_schedule_expects_and_when() {
        List<String> lines = scrape();

        assertThat(lines)
                .contains(
                        "lifeboat_backup_max_age_seconds{database=\"orders\",kind=\"hourly\"} 7500.0",
                        "lifeboat_backup_max_age_seconds{database=\"orders\",kind=\"daily\"} 90300.0",
                        "lifeboat_backup_max_age_seconds{database=\"unscheduled\",kind=\"any\"} 90000.0",
                        "lifeboat_verification_max_age_seconds{database=\"orders\"} 129600.0",
                        "lifeboat_schedule_last_due_timestamp_seconds{database=\"orders\",kind=\"daily\"} "
                                + seconds("2026-11-21T02:35:00Z"),
                        "lifeboat_schedule_last_due_timestamp_seconds{database=\"orders\",kind=\"hourly\"} "
                                + seconds("2026-11-21T11:35:00Z"));
        assertThat(lines).noneMatch(it -> it.startsWith("lifeboat_schedule_missed"));
    }

    @Test
    void a_point_without_a_backup_is_missed_once_none_can_come_any_more() {
        main.scheduled("2026-11-21T06:30:00Z", "hourly");
        main.scheduled("2026-11-21T08:30:00Z", "hourly");
        // 07:30 and 09:30 were left out. 10:30 may still come: begun within 54 minutes, and given up an hour later.

        assertThat(scrape())
                .contains(
                        "lifeboat_schedule_missed_points{database=\"orders\",kind=\"hourly\"} 2.0",
                        "lifeboat_schedule_last_missed_timestamp_seconds{database=\"orders\",kind=\"hourly\"} "
                                + seconds("2026-11-21T09:30:00Z"));
        main.scheduled("2026-11-21T09:30:00Z", "hourly");
        assertThat(scrape())
                .contains(
                        "lifeboat_schedule_missed_points{database=\"orders\",kind=\"hourly\"} 1.0",
                        "lifeboat_schedule_last_missed_timestamp_seconds{database=\"orders\",kind=\"hourly\"} "
                                + seconds("2026-11-21T07:30:00Z"));
    }

    @Test
    void a_schedule_that_was_moved_has_missed_nothing() {
        main.scheduled("2026-11-19T01:00:00Z", "daily");
        main.scheduled("2026-11-20T01:00:00Z", "daily");

        assertThat(scrape())
                .contains("lifeboat_schedule_missed_points{database=\"orders\",kind=\"daily\"} 0.0")
                .noneMatch(it -> it.startsWith("lifeboat_schedule_last_missed") && it.contains("daily"));
    }

    @Test
    void a_copy_is_missing_from_the_first_one_on() {
        main.backup("daily", "2026-11-17T02:00:00Z", 1_000);
        main.backup("daily", "2026-11-18T02:00:00Z", 1_000);
        far.backup("daily", "2026-11-18T02:00:00Z", 1_000);
        main.backup("daily", "2026-11-19T02:00:00Z", 1_000);
        main.backup("daily", "2026-11-20T02:00:00Z", 1_000);
        far.backup("daily", "2026-11-20T02:00:00Z", 1_000);

        assertThat(scrape()).contains("lifeboat_backup_copies_missing{database=\"orders\",repository=\"far\"} 1.0");
    }

    @Test
    void a_repository_that_is_away_is_said_and_its_last_figures_stay() throws IOException {
        main.backup("daily", "2026-11-20T02:00:00Z", 5_000);
        Clock clock = new Clock();
        try (WorkerMetrics metrics = metrics(clock)) {
            metrics.readOnce();
            assertThat(lines(metrics)).contains("lifeboat_repository_readable{repository=\"main\"} 1.0");

            Files.move(folder.resolve("main"), folder.resolve("away"));
            clock.now = NOW.plusSeconds(600);
            metrics.readOnce();

            assertThat(lines(metrics))
                    .contains(
                            "lifeboat_repository_readable{repository=\"main\"} 0.0",
                            "lifeboat_repository_readable{repository=\"far\"} 1.0",
                            "lifeboat_repository_read_age_seconds{repository=\"main\"} 600.0",
                            "lifeboat_repository_read_age_seconds{repository=\"far\"} 0.0")
                    .anyMatch(it -> it.startsWith("lifeboat_backup_last_success") && it.contains("main"));

            Files.move(folder.resolve("away"), folder.resolve("main"));
            main.backup("daily", "2026-11-21T02:00:00Z", 6_000);
            metrics.readOnce();

            assertThat(lines(metrics))
                    .contains(
                            "lifeboat_repository_readable{repository=\"main\"} 1.0",
                            "lifeboat_backup_last_plain_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} 6000.0");
        }
    }

    @Test
    void what_is_taken_away_is_no_longer_counted_and_what_is_damaged_is_said() throws IOException {
        BackupId old = main.backup("daily", "2026-11-19T02:00:00Z", 5_000);
        BackupId young = main.backup("daily", "2026-11-20T02:00:00Z", 6_000);
        try (WorkerMetrics metrics = metrics(new Clock())) {
            metrics.readOnce();
            remove(folder.resolve("main").resolve(Layout.backup(young).value()));
            metrics.readOnce();

            assertThat(lines(metrics))
                    .contains(
                            "lifeboat_backup_last_plain_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} 5000.0",
                            "lifeboat_repository_damaged_manifests{repository=\"main\"} 0.0");
        }
        Path manifest = folder.resolve("main").resolve(Layout.manifest(old).value());
        Files.delete(manifest);
        Files.writeString(manifest, "{");

        assertThat(scrape())
                .contains("lifeboat_repository_damaged_manifests{repository=\"main\"} 1.0")
                .noneMatch(it -> it.startsWith("lifeboat_backups{"));
    }

    @Test
    void a_repository_of_another_host_is_not_for_this_worker() {
        assertThat(scrape()).noneMatch(it -> it.contains("readable{repository=\"elsewhere\""));
    }

    @Test
    void room_is_said_where_there_is_a_limit() {
        assertThat(scrape())
                .contains("lifeboat_repository_minimum_free_bytes{repository=\"main\"} 1000000.0")
                .anyMatch(it -> it.startsWith("lifeboat_repository_free_bytes{repository=\"main\"} "));
    }

    private Repository make(String name) throws IOException {
        Files.createDirectory(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Repository.openOrCreate(Stores.open(settings.repository(name).location(), StoreRight.WRITE));
    }

    private List<String> scrape() {
        try (WorkerMetrics metrics = metrics(new Clock())) {
            metrics.readOnce();
            return lines(metrics);
        }
    }

    private WorkerMetrics metrics(InstantSource clock) {
        return WorkerMetrics.of(
                settings,
                "db1",
                name -> Repository.open(Stores.open(settings.repository(name).location(), StoreRight.READ)),
                clock);
    }

    private static List<String> lines(WorkerMetrics metrics) {
        return Arrays.asList(metrics.scrape().split("\n", -1));
    }

    private static String outcome(String kind, String outcome, int value) {
        return "lifeboat_backup_last_run_outcome{database=\"orders\",kind=\"%s\",outcome=\"%s\"} %d.0"
                .formatted(kind, outcome, value);
    }

    // As the library writes large numbers: 1.76360406E9
    private static String seconds(String instant) {
        return Double.toString((double) Instant.parse(instant).getEpochSecond());
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static final class Clock implements InstantSource {

        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }
    }
}
