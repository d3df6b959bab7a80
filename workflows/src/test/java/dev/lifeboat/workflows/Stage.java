package dev.lifeboat.workflows;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A place to play runbooks: Temporal in this JVM, time that is skipped, one worker for each queue of a fake world. */
public final class Stage implements AutoCloseable {

    private static final SearchAttributeKey<OffsetDateTime> SCHEDULED =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");
    private static final WorkerOptions IMPATIENT = WorkerOptions.newBuilder()
            .setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
            .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(50))
            .build();

    private final TestWorkflowEnvironment temporal;
    private final List<Class<?>> runbooks;
    private final List<Cast> casts;
    private final WorkerFactoryOptions options;
    private final WorkerFactory workers;

    /**
     * Opens the stage.
     *
     * @param cache how many runs the worker remembers; with 0 every task is a full replay
     */
    public Stage(int cache, List<Class<?>> runbooks, List<Cast> casts, WorkerInterceptor... interceptors) {
        TestEnvironmentOptions.Builder environment = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .setIdentity("stage")
                        .build());
        RunAttributes.ALL.forEach(
                it -> environment.registerSearchAttribute(it.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        environment.registerSearchAttribute(SCHEDULED.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
        this.temporal = TestWorkflowEnvironment.newInstance(environment.build());
        this.runbooks = runbooks;
        this.casts = casts;
        this.options = WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(cache)
                .setWorkerInterceptors(Stream.concat(Stream.of(new Impatience(false)), Stream.of(interceptors))
                        .toArray(WorkerInterceptor[]::new))
                .build();
        this.workers = begin();
    }

    private WorkerFactory begin() {
        WorkerFactory factory = WorkerFactory.newInstance(temporal.getWorkflowClient(), options);
        for (Cast cast : casts) {
            var worker = factory.newWorker(cast.queue(), IMPATIENT);
            if (cast.queue().equals(Queue.CONTROL.taskQueue())) {
                worker.registerWorkflowImplementationTypes(runbooks.toArray(Class<?>[]::new));
            }
            worker.registerActivitiesImplementations(cast.activities().toArray());
        }
        factory.start();
        return factory;
    }

    /** What a worker of one queue does. */
    public record Cast(String queue, List<Object> activities) {}

    public WorkflowClient client() {
        return temporal.getWorkflowClient();
    }

    public WorkflowStub start(String type, String id, Object... input) {
        return start(type, options(id).build(), input);
    }

    /** Starts a run as a schedule does. */
    public WorkflowStub startScheduled(String type, String id, Instant nominal, Object... input) {
        SearchAttributes scheduled = SearchAttributes.newBuilder()
                .set(SCHEDULED, nominal.atOffset(ZoneOffset.UTC))
                .build();
        return start(type, options(id).setTypedSearchAttributes(scheduled).build(), input);
    }

    /** Starts a run again each midnight, UTC; each is handed what the one before it returned. */
    public WorkflowStub startEachDay(String type, String id, Object... input) {
        return start(type, options(id).setCronSchedule("0 0 * * *").build(), input);
    }

    private static WorkflowOptions.Builder options(String id) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(Queue.CONTROL.taskQueue())
                .setWorkflowTaskTimeout(Duration.ofSeconds(2))
                .setWorkflowId(id);
    }

    private WorkflowStub start(String type, WorkflowOptions options, Object... input) {
        WorkflowStub run = client().newUntypedWorkflowStub(type, options);
        run.start(input);
        return run;
    }

    public WorkflowExecutionHistory history(WorkflowStub run) {
        return client().fetchHistory(requireNonNull(run.getExecution()).getWorkflowId());
    }

    public WorkflowExecutionStatus status(WorkflowStub run) {
        return run.describe().getStatus();
    }

    /** Who is waited for, as Temporal's list of runs shows it. */
    public Optional<String> waiting(WorkflowStub run) {
        return Optional.ofNullable(run.describe().getTypedSearchAttributes().get(RunAttributes.WAITING));
    }

    /** How many pauses there were. */
    public long timers(WorkflowStub run) {
        return count(run, HistoryEvent::hasTimerStartedEventAttributes);
    }

    /** How often workflow code could not go on. */
    public long failedTasks(WorkflowStub run) {
        return count(run, HistoryEvent::hasWorkflowTaskFailedEventAttributes);
    }

    private long count(WorkflowStub run, Predicate<HistoryEvent> kind) {
        return history(run).getEvents().stream().filter(kind).count();
    }

    /** The titles of a run's steps, each once, in the order in which they began. */
    public List<String> titles(WorkflowStub run) {
        return allTitles(run).stream().distinct().toList();
    }

    /** The titles of a run's steps as anybody can read them from its history; one that was repeated at once counts once. */
    public List<String> allTitles(WorkflowStub run) {
        List<String> titles = new ArrayList<>();
        for (String title : titlesOfActivities(run)) {
            if (titles.isEmpty() || !titles.getLast().equals(title)) {
                titles.add(title);
            }
        }
        return titles;
    }

    private List<String> titlesOfActivities(WorkflowStub run) {
        return history(run).getEvents().stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .filter(it -> it.getUserMetadata().hasSummary())
                .map(it ->
                        Payloads.converter().fromPayload(it.getUserMetadata().getSummary(), String.class, String.class))
                .toList();
    }

    /** Replays the run's history on the code as it is. */
    public void replay(WorkflowStub run, Class<?>... more) {
        Replay.replay(history(run), more);
    }

    /** The time of the runs here, which is ahead of ours once some was skipped. */
    public Instant now() {
        return Instant.ofEpochMilli(temporal.currentTimeMillis());
    }

    public void hoursPass(int hours) {
        temporal.sleep(Duration.ofHours(hours));
    }

    public static void until(BooleanSupplier condition) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(20))
                .until(condition::getAsBoolean);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        temporal.close();
    }

    /** Where histories are replayed: a worker that knows all runbooks and is never started. */
    public static final class Replay {

        private static final TestWorkflowEnvironment TEMPORAL =
                TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                        .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                                .setDataConverter(Payloads.converter())
                                .build())
                        .build());

        private Replay() {}

        /**
         * Replays one history.
         *
         * @throws AssertionError if today's code does not decide as the recorded run did
         */
        public static synchronized void replay(WorkflowExecutionHistory history, Class<?>... more) {
            var worker = TEMPORAL.newWorker("replay-" + java.util.UUID.randomUUID());
            worker.registerWorkflowImplementationTypes(Runbooks.implementations());
            worker.registerWorkflowImplementationTypes(more);
            try {
                WorkflowReplayer.replayWorkflowExecution(history, worker);
            } catch (Exception e) {
                throw new AssertionError("does not replay", e);
            }
        }
    }
}
