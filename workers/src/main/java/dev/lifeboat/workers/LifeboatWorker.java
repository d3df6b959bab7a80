package dev.lifeboat.workers;

import dev.lifeboat.activities.Repositories;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.check.WorkerIdentity;
import dev.lifeboat.activities.postgres.ClientPrograms;
import dev.lifeboat.activities.postgres.JdbcSql;
import dev.lifeboat.activities.programs.GatedPrograms;
import dev.lifeboat.activities.programs.Programs;
import dev.lifeboat.activities.programs.Scratch;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.Runbooks;
import dev.lifeboat.workflows.journal.StepTitles;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's share of the work: the roles it serves, from start to stop. */
final class LifeboatWorker {

    private static final Logger log = LoggerFactory.getLogger(LifeboatWorker.class);

    /** So long a stopping worker lets its activities end; then their children are killed with it. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    /** So long its end takes after that, at most. */
    private static final Duration LAST = Duration.ofSeconds(5);

    /** Whoever manages the machine must not kill it sooner. */
    static final Duration LONGEST_STOP = GRACE.plus(LAST);

    private final WorkerFactory factory;
    private final GatedPrograms programs;

    private LifeboatWorker(WorkerFactory factory, GatedPrograms programs) {
        this.factory = factory;
        this.programs = programs;
    }

    /** Sweeps what dead workers left on this machine, then begins to poll. */
    static LifeboatWorker start(
            Settings settings,
            WorkflowServiceStubs service,
            String namespace,
            String host,
            Set<Queue> queues,
            Doors doors) {
        // Below the host's name: process ids mean nothing to a worker in another container that shares the folder.
        Path state = settings.worker().state().resolve(host.replaceAll("[^A-Za-z0-9._-]", "_"));
        GatedPrograms gated = new GatedPrograms(state);
        gated.sweep().forEach(ended -> log.info("ended what a dead worker left: {}", ended));
        Scratch scratch = new Scratch(state);
        scratch.sweep();

        Programs programs = doors.programs().apply(gated);
        Tools tools = new Tools(
                settings,
                new Repositories(settings, host, doors.stores()),
                programs,
                ClientPrograms.of(programs, System.getenv()),
                doors.sql().apply(new JdbcSql()),
                scratch.folder(),
                host);
        WorkerFactory factory =
                WorkerFactory.newInstance(client(service, namespace, host, settings), factoryOptions(doors));
        Role.all(tools).stream().filter(role -> queues.contains(role.queue())).forEach(role -> serve(factory, role));
        factory.start();
        return new LifeboatWorker(factory, gated);
    }

    /** Whether it no longer takes work, be it that it was told to stop. */
    boolean isStopped() {
        return factory.isShutdown();
    }

    void stop() {
        factory.shutdown();
        factory.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        factory.shutdownNow();
        programs.endAll();
        factory.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void serve(WorkerFactory factory, Role role) {
        Worker worker = factory.newWorker(role.queue().taskQueue(), options(role));
        if (role.runbooks()) {
            worker.registerWorkflowImplementationTypes(Runbooks.options(), Runbooks.implementations());
        }
        worker.registerActivitiesImplementations(role.activities().toArray());
        log.info("serving {}: {} at once", role.queue().taskQueue(), role.slots());
    }

    // Waiting work is cheap on virtual threads; compression and hashing would own their few carriers, and heartbeats
    // and decisions would starve: those queues have platform threads and fixed slots.
    private static WorkerOptions options(Role role) {
        return WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(role.slots())
                .setUsingVirtualThreadsOnActivityWorker(role.runbooks())
                .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(3))
                .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(3))
                .setStickyQueueScheduleToStartTimeout(Duration.ofSeconds(2))
                .setDefaultDeadlockDetectionTimeout(5_000)
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build();
    }

    private static WorkerFactoryOptions factoryOptions(Doors doors) {
        List<WorkerInterceptor> interceptors = new ArrayList<>(List.of(new StepTitles(), new PulseInterceptor()));
        interceptors.addAll(doors.interceptors());
        return WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(interceptors.toArray(WorkerInterceptor[]::new))
                .setUsingVirtualWorkflowThreads(true)
                .setWorkflowCacheSize(2_000)
                .build();
    }

    private static WorkflowClient client(
            WorkflowServiceStubs service, String namespace, String host, Settings settings) {
        return WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(namespace)
                        .setIdentity(WorkerIdentity.of(host, settings.sha256()))
                        .setDataConverter(Payloads.converter())
                        .build());
    }
}
