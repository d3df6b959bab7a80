package dev.lifeboat.workers.metrics;

import dev.lifeboat.workflows.RunAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What Temporal says about runs that wait for somebody, asked for every half minute by a thread of its own: the server
 * answers few such questions a second.
 */
final class TemporalFigures implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<String> REASONS = List.of("operator", "approval", RunAttributes.DELIVERY);

    private final WorkflowServiceStubs service;
    private final String namespace;
    private final boolean searchAttributes;
    private final Thread thread;
    private volatile Optional<Boolean> reachable = Optional.empty();
    private volatile Map<String, Long> waiting = Map.of();

    /**
     * Asks nothing until it is started.
     *
     * @param searchAttributes whether runs say there what they wait for; without, nothing is known of it
     */
    TemporalFigures(WorkflowServiceStubs service, String namespace, boolean searchAttributes) {
        this.service = service;
        this.namespace = namespace;
        this.searchAttributes = searchAttributes;
        this.thread = Thread.ofPlatform().daemon().name("figures of Temporal").unstarted(this::askOn);
    }

    TemporalFigures start() {
        thread.start();
        return this;
    }

    void add(Samples samples) {
        reachable.ifPresent(it -> samples.add(Family.TEMPORAL_REACHABLE, it));
        waiting.forEach((reason, runs) -> samples.add(Family.RUNS_WAITING, runs, reason));
    }

    /** Asks once. While Temporal is away nobody knows who waits: nothing is said rather than something old. */
    void askOnce() {
        try {
            stub().describeNamespace(DescribeNamespaceRequest.newBuilder()
                    .setNamespace(namespace)
                    .build());
            waiting = searchAttributes ? counted() : Map.of();
            reachable = Optional.of(true);
        } catch (StatusRuntimeException e) {
            waiting = Map.of();
            reachable = Optional.of(false);
        }
    }

    private Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        for (String reason : REASONS) {
            String query =
                    "ExecutionStatus = 'Running' AND %s = '%s'".formatted(RunAttributes.WAITING.getName(), reason);
            try {
                counted.put(
                        reason,
                        stub().countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                                        .setNamespace(namespace)
                                        .setQuery(query)
                                        .build())
                                .getCount());
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                    throw e;
                }
                return Map.of(); // the in-JVM server keeps no such lists
            }
        }
        return Map.copyOf(counted);
    }

    private io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub stub() {
        return service.blockingStub().withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void askOn() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                askOnce();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
