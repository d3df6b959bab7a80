package dev.lifeboat.workers.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of one scrape, by family and labels; the last word about a figure counts. */
final class Samples {

    private static final double NANOS = 1e9;

    private final Map<Family, Map<List<String>, Double>> values = new EnumMap<>(Family.class);
    private final Map<String, RuntimeException> leftOut = new TreeMap<>();

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

    /** Two clocks may differ, and nothing took less than no time. */
    void add(Family family, Duration value, String... labels) {
        add(
                family,
                Math.max(0, value.getSeconds() + value.getNano() / NANOS),
                labels); // toNanos() ends after 292 years
    }

    void add(Family family, boolean value, String... labels) {
        add(family, value ? 1.0 : 0.0, labels);
    }

    /** Adds a group of figures; what fails there is left out, so that one bad document takes no other figure away. */
    void group(String what, Runnable adding) {
        try {
            adding.run();
        } catch (RuntimeException e) {
            leftOut.put(what, e);
        }
    }

    /** The groups and families that failed, and why. */
    Map<String, RuntimeException> leftOut() {
        return Collections.unmodifiableMap(leftOut);
    }

    /** As the library wants them. */
    List<MetricSnapshot> snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        values.forEach((family, figures) -> group(family.metric(), () -> snapshots.add(snapshot(family, figures))));
        snapshots.add(snapshot(Family.FIGURES_LEFT_OUT, Map.of(List.of(), (double) leftOut.size())));
        return snapshots;
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
