package dev.lifeboat.workers;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.HttpAddress;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.workers.http.StatusServer;
import dev.lifeboat.workers.http.WorkerStatus;
import dev.lifeboat.workers.metrics.Serving;
import dev.lifeboat.workers.metrics.WorkerMetrics;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What others can see of a worker process from its start to its end, if it was given an address. */
final class Watching implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watching.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Optional<WorkerMetrics> metrics;
    private final Settings settings;
    private final String host;
    private final Set<Queue> queues;
    private volatile Optional<StatusServer> server = Optional.empty();
    private volatile Optional<Work> work = Optional.empty();

    private Watching(Settings settings, String host, Set<Queue> queues, Optional<WorkerMetrics> metrics) {
        this.settings = settings;
        this.host = host;
        this.queues = queues;
        this.metrics = metrics;
    }

    /** Begins to answer at {@code address}, before Temporal was asked for anything; does nothing without one. */
    static Watching start(
            Optional<HttpAddress> address, Settings settings, String host, Set<Queue> queues, Doors doors) {
        if (address.isEmpty()) {
            return new Watching(settings, host, queues, Optional.empty());
        }
        Repositories repositories = new Repositories(settings, host, doors.stores());
        WorkerMetrics metrics = WorkerMetrics.start(
                settings, host, name -> repositories.open(name, right(queues)), InstantSource.system());
        Watching watching = new Watching(settings, host, queues, Optional.of(metrics));
        try {
            StatusServer server = StatusServer.start(address.get(), watching.new Status(metrics));
            watching.server = Optional.of(server);
            log.info("answering at http://{}/metrics, /health and /ready", server.address());
            return watching;
        } catch (RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    /** Where the connection to Temporal puts what it measures. */
    Scope scope() {
        return metrics.map(WorkerMetrics::scope).orElseGet(NoopScope::new);
    }

    /** From here on the worker is of use. */
    void serving(TemporalConnection temporal, LifeboatWorker worker) {
        work = Optional.of(new Work(temporal, worker));
        String roles = queues.stream().map(Queue::role).collect(Collectors.joining(","));
        String version = Optional.ofNullable(Watching.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
        metrics.ifPresent(it -> it.serving(
                temporal.stubs(),
                temporal.namespace(),
                new Serving(Instant.now(), version, host, roles, settings.sha256())));
    }

    @Override
    public void close() {
        server.ifPresent(StatusServer::close);
        metrics.ifPresent(WorkerMetrics::close);
    }

    // The weakest that reads what figures are made of, of those that such a worker has anyway.
    private static StoreRight right(Set<Queue> queues) {
        if (queues.contains(Queue.CONTROL) || queues.contains(Queue.WRITE)) {
            return StoreRight.WRITE;
        }
        return queues.contains(Queue.READ) ? StoreRight.READ : StoreRight.DELETE;
    }

    private record Work(TemporalConnection temporal, LifeboatWorker worker) {}

    private final class Status implements WorkerStatus {

        private final WorkerMetrics metrics;

        Status(WorkerMetrics metrics) {
            this.metrics = metrics;
        }

        @Override
        public String metrics() {
            return metrics.scrape();
        }

        @Override
        public Optional<String> illness() {
            return work.filter(it -> it.worker().isStopped()).map(it -> "stopping");
        }

        @Override
        public Optional<String> hindrance() {
            if (work.isEmpty()) {
                return Optional.of("starting: Temporal has not been reached yet");
            }
            return illness().or(() -> work.get().temporal().silence(PATIENCE).map(away -> "Temporal does not answer"));
        }
    }
}
