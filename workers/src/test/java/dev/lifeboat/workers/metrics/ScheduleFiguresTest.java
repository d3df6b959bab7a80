package dev.lifeboat.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is due around nights in which the clock is put back, and what the alarm sees of it. */
class ScheduleFiguresTest {

    private static final Duration JITTER = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 02:00 comes at 00:00Z and again at 01:00Z, and Temporal begins it only then.
                "Europe/Berlin | 2026-10-24T00:00:00Z | 2026-10-25T00:30:00Z | 2026-10-24T00:00:00Z",
                "Europe/Berlin | 2026-10-24T00:00:00Z | 2026-10-25T01:04:59Z | 2026-10-24T00:00:00Z",
                "Europe/Berlin | 2026-10-24T00:00:00Z | 2026-10-25T01:05:00Z | 2026-10-25T01:00:00Z",
                "Europe/Berlin | 2026-10-25T00:00:00Z | 2026-10-25T01:05:00Z | 2026-10-25T00:00:00Z",
                "Europe/Berlin | 2026-10-25T00:00:00Z | 2026-10-26T01:04:59Z | 2026-10-25T00:00:00Z",
                // Ordinary nights.
                "Europe/Berlin | 2026-10-23T00:00:00Z | 2026-10-24T00:04:59Z | 2026-10-23T00:00:00Z",
                "Europe/Berlin | 2026-10-23T00:00:00Z | 2026-10-24T00:05:00Z | 2026-10-24T00:00:00Z",
                "Europe/Berlin | 2026-10-25T00:00:00Z | 2026-10-26T01:05:00Z | 2026-10-26T01:00:00Z",
                "UTC | 2026-10-24T02:00:00Z | 2026-10-25T02:05:00Z | 2026-10-25T02:00:00Z",
            })
    void a_point_whose_local_time_comes_twice_is_due_the_second_time(
            String zone, Instant made, Instant now, Instant due) throws IOException {
        assertThat(lastDue("0 2 * * *", zone, List.of(made), now)).isEqualTo(due.plus(JITTER));
    }

    @ParameterizedTest
    @CsvSource({
        // 01:30 comes at 05:30Z and at 06:30Z, and Temporal begins both.
        "2026-10-31T05:30:00Z, 2026-11-01T05:35:00Z, 2026-10-31T05:30:00Z",
        "2026-11-01T05:30:00Z, 2026-11-01T05:50:00Z, 2026-10-31T05:30:00Z",
        "2026-11-01T05:30:00Z, 2026-11-01T06:35:00Z, 2026-11-01T05:30:00Z",
        "2026-10-31T05:30:00Z, 2026-11-01T06:35:00Z, 2026-11-01T06:30:00Z",
    })
    void a_backup_that_was_made_the_first_time_is_not_due_again(Instant made, Instant now, Instant due)
            throws IOException {
        assertThat(lastDue("30 1 * * *", "America/New_York", List.of(made), now))
                .isEqualTo(due.plus(JITTER));
    }

    @Test
    void a_worker_that_sees_no_backups_says_no_more_than_one_that_sees_them() throws IOException {
        Instant first = Instant.parse("2026-11-01T05:30:00Z");

        assertThat(lastDue("30 1 * * *", "America/New_York", List.of(), first.plusSeconds(7_200)))
                .isEqualTo(first.plus(JITTER));
    }

    private Instant lastDue(String cron, String zone, List<Instant> made, Instant now) throws IOException {
        Settings settings = Settings.load(Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:store", recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdrwu63sqgy0wmj] }
                databases:
                  orders:
                    url: "postgresql://u@h/orders"
                    backup: { schedule: "%s", zone: %s, jitter: 5m }
                """.formatted(cron, zone)));
        Samples samples = new Samples();
        new ScheduleFigures(settings)
                .add(made.stream().map(ScheduleFiguresTest::backup).toList(), now, samples);
        assertThat(samples.leftOut()).isEmpty();
        return samples.snapshots().stream()
                .filter(it -> it.getMetadata().getName().equals(Family.SCHEDULE_LAST_DUE.metric()))
                .flatMap(it -> it.getDataPoints().stream())
                .flatMap(it -> it instanceof GaugeDataPointSnapshot gauge ? Stream.of(gauge) : Stream.empty())
                .map(it -> Instant.ofEpochSecond((long) it.getValue()))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one");
                })
                .orElseThrow();
    }

    private static StoredBackup backup(Instant made) {
        return new StoredBackup(
                BackupId.of("orders", made, "k3x9"),
                "daily",
                Set.of("daily"),
                Optional.of(made),
                made.plusSeconds(60),
                Duration.ofMinutes(1),
                4_000,
                1_000,
                1_000);
    }
}
