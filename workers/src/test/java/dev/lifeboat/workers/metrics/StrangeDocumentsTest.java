package dev.lifeboat.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Stores;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures from repositories in which somebody put what no Lifeboat writes. */
class StrangeDocumentsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void a_backup_that_took_a_thousand_years_takes_the_page_from_nobody() throws IOException {
        StoredExamples main = new StoredExamples(make());
        main.backup("daily", "2026-11-20T02:00:00Z", 5_000);
        main.backup("long", "2026-11-20T03:00:00Z", "1970-01-02T00:00:00Z", "2999-12-30T00:00:00Z");

        assertThat(scrape(""))
                .contains(
                        "lifeboat_backup_last_plain_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} 5000.0",
                        "lifeboat_figures_left_out 0.0");
    }

    @Test
    void a_duration_of_any_length_is_a_figure() {
        Samples samples = new Samples();
        samples.add(Family.BACKUP_LAST_DURATION, Duration.ofDays(400_000).plusMillis(500), "orders", "long", "main");

        assertThat(samples.snapshots().getFirst().getDataPoints())
                .singleElement(InstanceOfAssertFactories.type(GaugeDataPointSnapshot.class))
                .extracting(GaugeDataPointSnapshot::getValue)
                .isEqualTo(400_000 * 86_400.0 + 0.5);
    }

    @Test
    void what_cannot_be_computed_is_counted_and_takes_no_other_figure_away() {
        Samples samples = new Samples();
        samples.add(Family.BACKUPS, 2, "orders", "daily", "main");
        samples.group("runs", () -> samples.add(Family.RUN_LAST, 1.0, "a label is missing"));

        assertThat(samples.leftOut()).containsOnlyKeys("runs");
        assertThat(samples.snapshots())
                .extracting(it -> it.getMetadata().getName())
                .containsExactly(Family.BACKUPS.metric(), Family.FIGURES_LEFT_OUT.metric());
        assertThat(samples.snapshots().getLast().getDataPoints())
                .singleElement(InstanceOfAssertFactories.type(GaugeDataPointSnapshot.class))
                .extracting(GaugeDataPointSnapshot::getValue)
                .isEqualTo(1.0);
    }

    @Test
    void a_report_that_is_too_large_or_none_is_counted_and_not_read() throws IOException {
        StoredExamples main = new StoredExamples(make());
        String report = """
                {"runbook": "BackUpDatabase", "outcome": "COMMITTED", "ended": "2026-11-21T03:00:00Z", "backup": {"tag": "%s"}, "more": "%s"}""";
        main.report("backup-orders-20261121T030000Z-k3x1", report.formatted("small", "x"));
        main.report("backup-orders-20261121T030000Z-k3x2", report.formatted("large", "x".repeat(1 << 20)));
        main.report("backup-orders-20261121T030000Z-k3x3", report.formatted("huge", "x".repeat(17 << 20)));
        main.report("backup-orders-20261121T030000Z-k3x4", "no JSON");

        assertThat(scrape(""))
                .contains(
                        "lifeboat_repository_readable{repository=\"main\"} 1.0",
                        "lifeboat_repository_damaged_manifests{repository=\"main\"} 3.0")
                .anyMatch(it -> it.contains("kind=\"small\""))
                .noneMatch(it -> it.contains("kind=\"large\"") || it.contains("kind=\"huge\""));
    }

    @Test
    void what_a_document_says_is_cut_before_it_is_a_label() throws IOException {
        StoredExamples main = new StoredExamples(make());
        String endless = "x".repeat(201);
        main.backup(endless, "2026-11-21T02:00:00Z", 1_000);
        main.report("verify-orders-20261121T030000Z-k3x1", """
                {"runbook": "VerifyBackups", "outcome": "%1$s", "ended": "2026-11-21T03:00:00Z",
                 "verification": {"verdict": "%1$s"}}""".formatted(endless));
        main.report("backup-orders-20261121T030000Z-k3x2", """
                {"runbook": "BackUpDatabase", "outcome": "%1$s", "ended": "2026-11-21T03:00:00Z", "backup": {"tag": "%1$s"}}""".formatted(endless));

        assertThat(scrape(""))
                .filteredOn(it -> it.contains("xxx"))
                .hasSizeGreaterThan(8)
                .allMatch(it -> it.contains("\"" + "x".repeat(200) + "\""))
                .noneMatch(it -> it.contains(endless));
    }

    @Test
    void where_keys_are_trusted_only_their_manifests_count() throws IOException {
        SigningKey key = SigningKey.generate();
        Repository repository = make();
        new StoredExamples(repository, Optional.of(key)).backup("daily", "2026-11-18T02:00:00Z", 1_000);
        new StoredExamples(repository).backup("daily", "2026-11-19T02:00:00Z", 2_000);
        new StoredExamples(repository, Optional.of(SigningKey.generate()))
                .backup("daily", "2026-11-20T02:00:00Z", 3_000);
        String plainBytes = "lifeboat_backup_last_plain_bytes{database=\"orders\",kind=\"daily\",repository=\"main\"} ";

        assertThat(scrape("signing: { trusted: [\"%s\"] }".formatted(key.publicKey())))
                .contains(plainBytes + "1000.0", "lifeboat_repository_damaged_manifests{repository=\"main\"} 2.0");
        assertThat(scrape(""))
                .contains(plainBytes + "3000.0", "lifeboat_repository_damaged_manifests{repository=\"main\"} 0.0");
    }

    @Test
    void nothing_counts_that_is_still_to_come() throws IOException {
        StoredExamples main = new StoredExamples(make());
        main.backup("near", "2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z", "2026-11-21T12:10:00Z");
        main.backup("far", "2026-11-21T11:00:00Z", "2026-11-21T11:00:00Z", "2026-11-21T12:10:01Z");
        main.scheduled("2026-11-21T12:30:00Z", "hourly");
        main.goodRun("near", "2026-11-21T12:10:00Z", "PASS");
        main.goodRun("far", "2026-11-21T12:10:01Z", "PASS");

        assertThat(scrape(""))
                .contains("lifeboat_repository_damaged_manifests{repository=\"main\"} 3.0")
                .anyMatch(it -> it.startsWith("lifeboat_backups{") && it.contains("near"))
                .anyMatch(it -> it.startsWith("lifeboat_backup_last_run_outcome{") && it.contains("near"))
                .noneMatch(it -> it.startsWith("lifeboat_backups{") && it.contains("hourly"))
                .noneMatch(it -> it.contains("kind=\"far\""));
    }

    private Repository make() throws IOException {
        Files.createDirectory(
                folder.resolve("main"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Repository.openOrCreate(
                Stores.open(settings("").repository("main").location(), StoreRight.WRITE));
    }

    private Settings settings(String signing) throws IOException {
        Path file = folder.resolve("lifeboat.yml");
        Files.writeString(file, """
                repositories:
                  main: { url: "file:%s/main", recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdrwu63sqgy0wmj] }
                databases:
                  orders:
                    url: "postgresql://u@h/orders"
                    backup: { to: [main] }
                %s
                """.formatted(folder, signing));
        return Settings.load(file);
    }

    private List<String> scrape(String signing) throws IOException {
        Settings settings = settings(signing);
        try (WorkerMetrics metrics = WorkerMetrics.of(
                settings,
                "db1",
                name -> Repository.open(Stores.open(settings.repository(name).location(), StoreRight.READ)),
                () -> NOW)) {
            metrics.readOnce();
            return Arrays.asList(metrics.scrape().split("\n", -1));
        }
    }
}
