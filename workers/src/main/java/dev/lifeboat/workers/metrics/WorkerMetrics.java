package dev.lifeboat.workers.metrics;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.SigningSettings;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.signature.TrustedKeys;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All figures of one worker, as Prometheus reads them: of backups, from the repositories; of the worker itself; and
 * what Temporal's library measures.
 */
public final class WorkerMetrics implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WorkerMetrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Settings settings;
    private final Figures figures;
    private final InstantSource clock;
    private final List<Readings> readings;
    private volatile Optional<TemporalFigures> temporal = Optional.empty();
    private volatile Optional<Serving> serving = Optional.empty();

    private WorkerMetrics(Settings settings, InstantSource clock, List<Readings> readings) {
        this.settings = settings;
        this.figures = new Figures(settings);
        this.clock = clock;
        this.readings = List.copyOf(readings);
        registry.getPrometheusRegistry().register(new Ours());
    }

    /**
     * Begins to read the repositories that a worker on {@code host} reaches.
     *
     * @param open opens a repository by its name
     */
    public static WorkerMetrics start(
            Settings settings, String host, Function<String, Repository> open, InstantSource clock) {
        WorkerMetrics metrics = of(settings, host, open, clock);
        metrics.readings.forEach(Readings::start);
        return metrics;
    }

    /** As they are before anything was read. */
    static WorkerMetrics of(Settings settings, String host, Function<String, Repository> open, InstantSource clock) {
        List<Readings> readings = settings.repositories().values().stream()
                .filter(it -> it.host().map(host::equals).orElse(true))
                .map(it -> new Readings(
                        it.name(),
                        new RepositoryReader(it.name(), () -> open.apply(it.name()), () -> trusted(settings.signing())),
                        clock))
                .toList();
        return new WorkerMetrics(settings, clock, readings);
    }

    /** The keys that are listed, and the public half of our own: which only who may sign can tell. */
    private static TrustedKeys trusted(SigningSettings signing) {
        try {
            return TrustedKeys.of(signing);
        } catch (ConfigurationException notOnThisMachine) {
            return TrustedKeys.of(signing.trusted());
        }
    }

    /** Where Temporal's library puts what it measures. */
    public Scope scope() {
        return new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(registry))
                .reportEvery(Duration.ofSeconds(10));
    }

    /** From here on the worker serves its queues, and Temporal is asked who waits. */
    public void serving(WorkflowServiceStubs service, String namespace, Serving what) {
        serving = Optional.of(what);
        temporal = Optional.of(
                new TemporalFigures(service, namespace, settings.temporal().searchAttributes()).start());
    }

    /** The text that Prometheus reads. */
    public String scrape() {
        return registry.scrape();
    }

    void readOnce() {
        readings.forEach(Readings::readOnce);
    }

    @Override
    public void close() {
        temporal.ifPresent(TemporalFigures::close);
        readings.forEach(Readings::close);
        registry.close();
    }

    private final class Ours implements MultiCollector {

        private final Set<String> said = ConcurrentHashMap.newKeySet();

        @Override
        public MetricSnapshots collect() {
            Samples samples = new Samples();
            readings.forEach(it -> samples.group("repository " + it.name(), () -> it.add(clock.instant(), samples)));
            figures.add(readings.stream().flatMap(it -> it.last().stream()).toList(), clock.instant(), samples);
            temporal.ifPresent(it -> samples.group("Temporal", () -> it.add(samples)));
            serving.ifPresent(it -> samples.add(Family.WORKER_STARTED, it.since()));
            List<MetricSnapshot> all = new ArrayList<>(samples.snapshots());
            say(samples.leftOut());
            serving.ifPresent(it -> all.add(info(it)));
            return new MetricSnapshots(all);
        }

        /** Once for each group, and not at every scrape. */
        private void say(Map<String, RuntimeException> leftOut) {
            said.retainAll(leftOut.keySet());
            leftOut.forEach((what, why) -> {
                if (said.add(what)) {
                    log.warn("the figures of '{}' are left out: they cannot be computed", what, why);
                }
            });
        }

        private static MetricSnapshot info(Serving what) {
            Map<String, String> labels = what.labels();
            return InfoSnapshot.builder()
                    .name("lifeboat_worker")
                    .help("What this worker is: its version, its name, its roles, and which lifeboat.yml it read")
                    .dataPoint(InfoDataPointSnapshot.builder()
                            .labels(Labels.of(
                                    List.copyOf(labels.keySet()),
                                    labels.keySet().stream()
                                            .map(it -> labels.getOrDefault(it, ""))
                                            .toList()))
                            .build())
                    .build();
        }
    }
}
