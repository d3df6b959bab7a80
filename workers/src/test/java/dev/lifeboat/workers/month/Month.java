package dev.lifeboat.workers.month;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.workers.month.Outage.Part;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.Runbooks;
import dev.lifeboat.workflows.journal.StepTitles;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A month with its weather: Temporal in this JVM, a model of its schedules, one worker, a repository on disk. */
final class Month implements AutoCloseable {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String SCHEDULES = """
            backup:
                  zone: Europe/Berlin
                  schedule:
                    hourly: "30 2,6,10,14,18,22 * * *"
                    daily: "30 2 * * *"
                    weekly: "30 2 * * SUN"
                    monthly: "30 2 2 * *"
            """;

    private static final Duration POLL = Duration.ofSeconds(2);

    private final Instant from;
    private final Instant until;
    private final Weather weather;
    private final World world = new World();
    private final Runs runs = new Runs();
    private final Tools tools;
    private final TestWorkflowEnvironment temporal;
    private final TestTime time;
    private final List<Plan> plans;
    private final List<Scheduler> schedulers;
    private Optional<WorkerFactory> workers = Optional.empty();

    Month(Path folder, Instant from, Instant until, Weather weather) {
        this.from = from;
        this.until = until;
        this.weather = weather;
        this.tools = new TestTools(folder).door(world::door).database(SCHEDULES).tools();
        tools.repositories().openOrCreate("main", StoreRight.WRITE);
        this.temporal = temporal(from);
        this.time = new TestTime(temporal);
        this.plans = Plan.of("orders", tools.settings().database("orders"));
        this.schedulers = plans.stream()
                .map(it -> new Scheduler(it, temporal.getWorkflowClient(), from))
                .toList();
    }

    /** The first and the last moment of a month, where its backups are planned. */
    static Instant begin(int year, int month) {
        return java.time.YearMonth.of(year, month).atDay(1).atStartOfDay(ZONE).toInstant();
    }

    private static TestWorkflowEnvironment temporal(Instant from) {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setInitialTime(from)
                .setWorkflowServiceStubsOptions(WorkflowServiceStubsOptions.newBuilder()
                        .setRpcLongPollTimeout(POLL)
                        .build())
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .setIdentity("month")
                        .build());
        RunAttributes.ALL.forEach(
                it -> options.registerSearchAttribute(it.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        options.registerSearchAttribute(Scheduler.SCHEDULED.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
        return TestWorkflowEnvironment.newInstance(options.build());
    }

    /** Lets the month pass, and returns what is there in the end. */
    void pass() {
        beginWork();
        for (Instant next : moments()) {
            passTo(next);
            change(next);
            if (!world.isAway(Part.SERVER)) {
                schedulers.forEach(it -> it.look(next));
            }
        }
    }

    /** Whenever something changes, or a schedule has something to do. */
    private Set<Instant> moments() {
        Set<Instant> moments = new TreeSet<>(weather.changes());
        plans.forEach(it -> moments.addAll(it.firings(from, until.minusSeconds(1))));
        moments.add(until);
        return moments;
    }

    private void passTo(Instant moment) {
        if (world.isAway(Part.SERVER)) {
            return; // its clock goes on when it is back
        }
        if (world.isAway(Part.WORKER)) {
            time.passWithoutWorkersTo(moment);
        } else {
            time.passTo(moment);
        }
    }

    private void change(Instant now) {
        boolean server = world.isAway(Part.SERVER);
        boolean worker = world.isAway(Part.WORKER);
        Set<Part> away = EnumSet.noneOf(Part.class);
        EnumSet.allOf(Part.class).stream().filter(it -> weather.isAway(it, now)).forEach(away::add);
        world.isAway(away);
        if (server && !away.contains(Part.SERVER)) {
            time.jumpTo(now);
        }
        if (worker != away.contains(Part.WORKER)) {
            if (worker) {
                beginWork();
            } else {
                endWork();
            }
        }
    }

    private void beginWork() {
        WorkerFactory factory = WorkerFactory.newInstance(
                temporal.getWorkflowClient(),
                WorkerFactoryOptions.newBuilder()
                        .setUsingVirtualWorkflowThreads(true)
                        // This server waits for ever for a worker that remembers a run and is gone.
                        .setWorkflowCacheSize(0)
                        .setWorkerInterceptors(new StepTitles(), new PulseInterceptor(), runs)
                        .build());
        Cast.of(tools, world, time::now).forEach((queue, activities) -> {
            Worker worker = factory.newWorker(queue.taskQueue(), WorkerOptions.getDefaultInstance());
            if (queue == dev.lifeboat.workflows.Queue.CONTROL) {
                worker.registerWorkflowImplementationTypes(Runbooks.options(), Runbooks.implementations());
            }
            worker.registerActivitiesImplementations(activities.toArray());
        });
        factory.start();
        workers = Optional.of(factory);
    }

    private void endWork() {
        workers.ifPresent(it -> {
            it.shutdownNow();
            it.awaitTermination(10, TimeUnit.SECONDS);
            // This server still hands tasks to polls whose worker is gone, until they run out.
            LockSupport.parkNanos(POLL.multipliedBy(2).toNanos());
        });
        workers = Optional.empty();
    }

    List<Plan> plans() {
        return plans;
    }

    Weather weather() {
        return weather;
    }

    World world() {
        return world;
    }

    Runs runs() {
        return runs;
    }

    WorkflowClient client() {
        return temporal.getWorkflowClient();
    }

    Repository repository() {
        return tools.repositories().open("main", StoreRight.READ);
    }

    Instant from() {
        return from;
    }

    Instant until() {
        return until;
    }

    @Override
    public void close() {
        endWork();
        temporal.close();
    }
}
