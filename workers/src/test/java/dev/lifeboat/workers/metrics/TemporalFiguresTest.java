package dev.lifeboat.workers.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.workers.survival.TestTemporal;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.schedule.Pause;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real server says of runs that wait and of schedules that are paused. No worker is there to end them. */
@Tag("slow")
class TemporalFiguresTest {

    private static final String QUEUE = "nobody";

    @TempDir
    private Path folder;

    private TestTemporal temporal;
    private TemporalConnection connection;
    private TemporalFigures figures;

    @BeforeEach
    void start() {
        temporal = TestTemporal.start(folder);
        connection = TemporalConnection.to(temporal.address(), "default", Optional.empty());
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(connection.stubs().getRawChannel())
                .validateAndBuildWithDefaults());
        operator.blockingStub()
                .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                        .setNamespace("default")
                        .putSearchAttributes(
                                RunAttributes.WAITING.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                        .build());
        figures = new TemporalFigures(connection.stubs(), "default", true);
    }

    @AfterEach
    void stop() {
        connection.close();
        temporal.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "approval", "delivery"})
    void a_run_is_counted_for_as_long_as_it_waits(String reason) {
        awaitFigure("lifeboat_runs_waiting", reason, OptionalDouble.of(0));
        WorkflowStub run = startWaiting(reason);
        awaitFigure("lifeboat_runs_waiting", reason, OptionalDouble.of(1));
        run.terminate("nobody waits any more");
        awaitFigure("lifeboat_runs_waiting", reason, OptionalDouble.of(0));
    }

    @Test
    void a_schedule_is_there_for_as_long_as_it_is_paused_and_says_since_when() {
        Instant since = Instant.parse("2026-11-20T12:00:00Z");
        ScheduleHandle known = schedule("lifeboat/backup/orders/daily");
        schedule("lifeboat/backup/people/daily").pause("by hand, on Temporal's own page");
        schedule("somebody/elses").pause("not ours");
        known.pause(Pause.now(since, "ann", "the server is moved").note());

        String family = "lifeboat_schedule_paused_since_timestamp_seconds";
        awaitFigure(family, "backup/orders/daily", OptionalDouble.of((double) since.getEpochSecond()));
        awaitFigure(family, "backup/people/daily", OptionalDouble.of(0));
        assertThat(values(family)).isEqualTo(2);

        known.unpause("moved");
        awaitFigure(family, "backup/orders/daily", OptionalDouble.empty());
        temporal.close();
        awaitFigure(family, "backup/people/daily", OptionalDouble.empty());
        assertThat(figure("lifeboat_temporal_reachable", "")).hasValue(0);
    }

    private WorkflowStub startWaiting(String reason) {
        WorkflowStub run = connection
                .client()
                .newUntypedWorkflowStub(
                        "Waiting",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("backup/orders")
                                .setTaskQueue(QUEUE)
                                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                        .set(RunAttributes.WAITING, reason)
                                        .build())
                                .build());
        await().atMost(Duration.ofSeconds(30)) // a server takes a moment to know a new attribute
                .ignoreExceptions()
                .until(() -> !run.start().getRunId().isEmpty());
        return run;
    }

    private ScheduleHandle schedule(String id) {
        return ScheduleClient.newInstance(connection.stubs())
                .createSchedule(
                        id,
                        Schedule.newBuilder()
                                .setAction(ScheduleActionStartWorkflow.newBuilder()
                                        .setWorkflowType("RunOnSchedule")
                                        .setOptions(WorkflowOptions.newBuilder()
                                                .setWorkflowId("on-" + id)
                                                .setTaskQueue(QUEUE)
                                                .build())
                                        .build())
                                .setSpec(ScheduleSpec.newBuilder().build())
                                .build(),
                        ScheduleOptions.newBuilder().build());
    }

    private void awaitFigure(String family, String label, OptionalDouble value) {
        await("%s of %s".formatted(family, label))
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            figures.askOnce();
                            return figure(family, label);
                        },
                        value::equals);
    }

    private OptionalDouble figure(String family, String label) {
        return gauges(family)
                .filter(it -> label.isEmpty()
                        || it.getLabels().stream()
                                .anyMatch(one -> one.getValue().equals(label)))
                .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                .findFirst();
    }

    private long values(String family) {
        return gauges(family).count();
    }

    private Stream<GaugeSnapshot.GaugeDataPointSnapshot> gauges(String family) {
        Samples samples = new Samples();
        figures.add(samples);
        return samples.snapshots().stream()
                .filter(it -> it.getMetadata().getPrometheusName().equals(family))
                .flatMap(it -> ((GaugeSnapshot) it).getDataPoints().stream());
    }
}
