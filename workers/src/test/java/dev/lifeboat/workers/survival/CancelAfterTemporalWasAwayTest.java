package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.workflows.connection.TemporalConnection;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work goes on while Temporal is away, and the run is cancelled after its return. */
@Tag("survival")
class CancelAfterTemporalWasAwayTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void the_attempt_that_went_on_alone_hears_it() {
        LongWork work = new LongWork();
        try (TestTemporal temporal = TestTemporal.start(folder);
                TemporalConnection connection =
                        TemporalConnection.to(temporal.address(), "default", Optional.empty())) {
            WorkerFactory worker = worker(connection, work);
            try {
                WorkflowStub run = connection
                        .client()
                        .newUntypedWorkflowStub(
                                "Run",
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue("long")
                                        .build());
                run.start();
                await().atMost(Duration.ofSeconds(60)).until(() -> work.said.contains("1 begins"));

                temporal.kill();
                // The outage itself: the SDK gives up five seconds after a heartbeat is due.
                await().pollDelay(HEARTBEAT.plusSeconds(8))
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> true);
                temporal.startAgain();
                await().atMost(Duration.ofSeconds(60)).until(() -> work.said.contains("2 begins"));
                assertThat(work.said).as("the first attempt goes on").doesNotContain("1 stops");
                run.cancel();

                await().atMost(Duration.ofSeconds(60)).until(() -> work.said.contains("1 stops"));
            } finally {
                worker.shutdownNow();
            }
        }
    }

    private static WorkerFactory worker(TemporalConnection connection, LongWork work) {
        WorkerFactory factory = WorkerFactory.newInstance(
                connection.client(),
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new PulseInterceptor())
                        .build());
        var worker = factory.newWorker("long");
        worker.registerWorkflowImplementationTypes(LongRun.class);
        worker.registerActivitiesImplementations(work);
        factory.start();
        return factory;
    }

    @WorkflowInterface
    public interface Run {

        @WorkflowMethod
        void run();
    }

    @ActivityInterface
    public interface Work {

        void work();
    }

    public static final class LongRun implements Run {

        @Override
        public void run() {
            Workflow.newActivityStub(
                            Work.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofHours(1))
                                    .setHeartbeatTimeout(HEARTBEAT)
                                    .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                                    .build())
                    .work();
        }
    }

    private static final class LongWork implements Work {

        final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void work() {
            int attempt = Activity.getExecutionContext().getInfo().getAttempt();
            Pulse.current().mayFinishAlone(Duration.ofHours(1));
            said.add(attempt + " begins");
            try {
                Pulse.current().rest(Duration.ofHours(1));
            } catch (ActivityCanceledException told) {
                said.add(attempt + " stops");
                throw told;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
