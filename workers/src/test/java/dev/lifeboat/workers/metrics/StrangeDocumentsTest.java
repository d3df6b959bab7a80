package dev.lifeboat.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
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
