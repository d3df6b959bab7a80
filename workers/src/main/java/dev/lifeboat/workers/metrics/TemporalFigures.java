package dev.lifeboat.workers.metrics;

import com.google.protobuf.ByteString;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.schedule.Pause;
import dev.lifeboat.workflows.schedule.RunOnSchedule;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What Temporal says about runs that wait for somebody and schedules that are paused, asked for every half minute by a
 * thread of its own: the server answers few such questions a second.
 */
final class TemporalFigures implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PAGE = 200;
    private static final List<String> REASONS = List.of("operator", "approval", RunAttributes.DELIVERY);

    private final WorkflowServiceStubs service;
    private final String namespace;
    private final boolean searchAttributes;
    private final Thread thread;
    private volatile Optional<Boolean> reachable = Optional.empty();
    private volatile Map<String, Long> waiting = Map.of();
    private volatile Map<String, Instant> paused = Map.of();

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
        paused.forEach((schedule, since) -> samples.add(Family.SCHEDULE_PAUSED, since, LabelText.of(schedule)));
    }

    /** Asks once. While Temporal is away nobody knows who waits: nothing is said rather than something old. */
    void askOnce() {
        try {
            stub().describeNamespace(DescribeNamespaceRequest.newBuilder()
                    .setNamespace(namespace)
                    .build());
            waiting = searchAttributes ? unlessUnknown(this::counted) : Map.of();
            paused = unlessUnknown(this::pausedSchedules);
            reachable = Optional.of(true);
        } catch (StatusRuntimeException e) {
            waiting = Map.of();
            paused = Map.of();
            reachable = Optional.of(false);
        }
    }

    private Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        for (String reason : REASONS) {
            String query =
                    "ExecutionStatus = 'Running' AND %s = '%s'".formatted(RunAttributes.WAITING.getName(), reason);
            counted.put(
                    reason,
                    stub().countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                                    .setNamespace(namespace)
                                    .setQuery(query)
                                    .build())
                            .getCount());
        }
        return Map.copyOf(counted);
    }

    /** Since when each is paused that is; since 1970 if nobody said. */
    private Map<String, Instant> pausedSchedules() {
        Map<String, Instant> found = new TreeMap<>();
        ByteString page = ByteString.EMPTY;
        do {
            ListSchedulesResponse answer = stub().listSchedules(ListSchedulesRequest.newBuilder()
                    .setNamespace(namespace)
                    .setMaximumPageSize(PAGE)
                    .setNextPageToken(page)
                    .build());
            answer.getSchedulesList().stream()
                    .filter(it -> it.getScheduleId().startsWith(RunOnSchedule.SCHEDULE_PREFIX))
                    .filter(it -> it.getInfo().getPaused())
                    .forEach(it -> found.put(
                            it.getScheduleId().substring(RunOnSchedule.SCHEDULE_PREFIX.length()),
                            Pause.read(it.getInfo().getNotes()).since().orElse(Instant.EPOCH)));
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return Map.copyOf(found);
    }

    /** Nothing, where the server keeps no such lists, as the one inside the JVM does not. */
    private static <T> Map<String, T> unlessUnknown(Supplier<Map<String, T>> question) {
        try {
            return question.get();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return Map.of();
            }
            throw e;
        }
    }

    private WorkflowServiceGrpc.WorkflowServiceBlockingStub stub() {
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
