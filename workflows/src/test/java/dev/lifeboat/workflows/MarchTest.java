package dev.lifeboat.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.backup.BackUpDatabase;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.journal.StepTitles;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One run, and its worker dies at every activity: once before it did anything, once before its answer got through. */
class MarchTest {

    private static final int ACTIVITIES = 10;

    private final FakeWorld world = new FakeWorld();
    private final Set<String> died = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> deaths = new LinkedBlockingQueue<>();

    @Test
    void a_backup_completes_with_each_effect_once_however_often_its_worker_dies() throws Exception {
        world.searchAttributes = false;
        world.doors.watch(call -> dieOnceAt("before " + call), call -> dieOnceAt("after " + call));
        int port = FreePort.any();
        try (var temporal = TestServer.createPortBoundServer(port);
                TemporalConnection operator = to(port)) {
            assertThat(temporal).isNotNull();
            WorkflowStub run = start(operator.client());
            BackupReport report = march(run.getResultAsync(BackupReport.class), port);

            assertThat(died).hasSize(2 * ACTIVITIES);
            assertThat(world.effects)
                    .containsExactly(
                            "attempt of " + report.backup(),
                            "manifest of " + report.backup() + " with a1",
                            "copy of " + report.backup() + " in far",
                            "report of " + report.run());
            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            assertThat(world.told).isEmpty();
            assertThat(world.well).isNotEmpty();
            Stage.Replay.replay(operator.client().fetchHistory("backup/orders"));
        }
    }

    private BackupReport march(CompletableFuture<BackupReport> result, int port) throws Exception {
        while (true) {
            try (Life life = live(port)) {
                assertThat(life.workers().isStarted()).isTrue();
                while (deaths.poll(20, TimeUnit.MILLISECONDS) == null) {
                    if (result.isDone()) {
                        return result.get();
                    }
                }
            }
        }
    }

    private Life live(int port) {
        WorkflowServiceStubs line = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + port)
                .setGrpcClientInterceptors(List.of(new Forgetful()))
                .build());
        WorkerFactory workers = WorkerFactory.newInstance(
                WorkflowClient.newInstance(
                        line,
                        WorkflowClientOptions.newBuilder()
                                .setDataConverter(Payloads.converter())
                                .build()),
                WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(0)
                        .setWorkerInterceptors(new StepTitles(), new Impatience(true))
                        .build());
        for (Stage.Cast cast : world.everybody()) {
            var worker = workers.newWorker(cast.queue());
            if (cast.queue().equals(Queue.CONTROL.taskQueue())) {
                worker.registerWorkflowImplementationTypes(Runbooks.implementations());
            }
            worker.registerActivitiesImplementations(cast.activities().toArray());
        }
        workers.start();
        return new Life(line, workers);
    }

    /** One life of a worker process; it ends without a word to Temporal. */
    private record Life(WorkflowServiceStubs line, WorkerFactory workers) implements AutoCloseable {

        @Override
        public void close() {
            line.shutdownNow();
            workers.shutdownNow();
        }
    }

    private static WorkflowStub start(WorkflowClient client) {
        BackUpDatabase runbook = client.newWorkflowStub(
                BackUpDatabase.class,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(Queue.CONTROL.taskQueue())
                        .setWorkflowId("backup/orders")
                        .setWorkflowTaskTimeout(Duration.ofSeconds(1))
                        .build());
        WorkflowClient.start(runbook::run, BackupRequest.of("orders"));
        return WorkflowStub.fromTyped(runbook);
    }

    private void dieOnceAt(String place) {
        if (!died.add(place)) {
            return;
        }
        deaths.add(place);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("died " + place, e);
        }
    }

    private static TemporalConnection to(int port) {
        return TemporalConnection.to("127.0.0.1:" + port, "", Optional.empty());
    }
}
