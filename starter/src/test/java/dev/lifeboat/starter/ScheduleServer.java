package dev.lifeboat.starter;

import dev.lifeboat.starter.local.LocalTemporal;
import dev.lifeboat.starter.local.Tools;
import dev.lifeboat.workflows.connection.TemporalConnection;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real Temporal server, with a connection to look at its schedules past our verbs. */
final class ScheduleServer implements AutoCloseable {

    private final LocalTemporal server;
    private final TemporalConnection temporal;

    private ScheduleServer(LocalTemporal server) {
        this.server = server;
        this.temporal = TemporalConnection.to(server.address(), "default", Optional.empty());
    }

    /** Starts one that keeps its things in a folder. */
    static ScheduleServer start(Path folder) {
        return new ScheduleServer(
                LocalTemporal.start(Tools.temporal(), folder.resolve("t"), LocalTemporal.Ports.free()));
    }

    String address() {
        return server.address();
    }

    TemporalConnection temporal() {
        return temporal;
    }

    ScheduleClient schedules() {
        return ScheduleClient.newInstance(temporal.stubs());
    }

    /** Makes a schedule that is not ours. */
    void foreign(String id) {
        foreign(id, Map.of());
    }

    void foreign(String id, Map<String, Object> memo) {
        schedules()
                .createSchedule(
                        id,
                        Schedule.newBuilder()
                                .setAction(ScheduleActionStartWorkflow.newBuilder()
                                        .setWorkflowType("Theirs")
                                        .setOptions(WorkflowOptions.newBuilder()
                                                .setWorkflowId("theirs")
                                                .setTaskQueue("theirs")
                                                .build())
                                        .build())
                                .setSpec(ScheduleSpec.newBuilder()
                                        .setIntervals(List.of(new ScheduleIntervalSpec(Duration.ofHours(100))))
                                        .build())
                                .build(),
                        ScheduleOptions.newBuilder().setMemo(memo).build());
    }

    @Override
    public void close() {
        temporal.close();
        server.close();
    }
}
