package dev.lifeboat.workers.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of one scrape, by family and labels; the last word about a figure counts. */
final class Samples {

    private static final double NANOS = 1e9;

    private final Map<Family, Map<List<String>, Double>> values = new EnumMap<>(Family.class);

    /** Notes a figure; {@code labels} in the order of the family. */
    void add(Family family, double value, String... labels) {
        if (labels.length != family.labels().size()) {
            throw new IllegalArgumentException("%s has the labels %s".formatted(family.metric(), family.labels()));
        }
        values.computeIfAbsent(family, it -> new LinkedHashMap<>()).put(List.of(labels), value);
    }

    void add(Family family, long value, String... labels) {
        add(family, (double) value, labels);
    }

    void add(Family family, Instant value, String... labels) {
        add(family, value.getEpochSecond() + value.getNano() / NANOS, labels);
    }

    void add(Family family, Duration value, String... labels) {
        add(family, value.toNanos() / NANOS, labels);
    }

    void add(Family family, boolean value, String... labels) {
        add(family, value ? 1.0 : 0.0, labels);
    }

    /** As the library wants them. */
    List<MetricSnapshot> snapshots() {
        return values.entrySet().stream()
                .map(entry -> snapshot(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static MetricSnapshot snapshot(Family family, Map<List<String>, Double> values) {
        GaugeSnapshot.Builder snapshot =
                GaugeSnapshot.builder().name(family.metric()).help(family.help());
        values.forEach((labels, value) -> snapshot.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(family.labels(), labels))
                .value(value)
                .build()));
        return snapshot.build();
    }
}
