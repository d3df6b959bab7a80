package dev.lifeboat.workers.month;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.pulse.PulseInterceptor;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.workers.judgement.Judgement;
import dev.lifeboat.workers.judgement.Ledger;
import dev.lifeboat.workers.judgement.Outage.Part;
import dev.lifeboat.workers.judgement.Plan;
import dev.lifeboat.workers.judgement.Trial;
import dev.lifeboat.workers.judgement.Weather;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Queue;
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
import java.util.List;
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

    /** The longest pause between two tries, and the tries themselves. */
    private static final Duration SAID_WITHIN = Duration.ofMinutes(20);

    /** Half a day, as runs bear trouble if nobody says anything else, and a little more. */
    private static final Duration PATIENCE = Duration.ofHours(13);

    private static final Duration POLL = Duration.ofSeconds(2);

    private final Instant from;
    private final Instant until;
    private final Weather weather;
    private final LongDumps dumps;
    private final World world = new World();
    private final Runs runs = new Runs();
    private final Place place;
    private final Tools tools;
    private final TestWorkflowEnvironment temporal;
    private final TestTime time;
    private final List<Plan> plans;
    private final List<Scheduler> schedulers;
    private final WorkerFactory workers;

    Month(Path folder, Instant from, Instant until, Weather weather) {
        this(folder, from, until, weather, SCHEDULES, LongDumps.none());
    }

    /** @param schedules lines of the database in {@code lifeboat.yml}, with fine weather all the time */
    Month(Path folder, Instant from, Instant until, String schedules, LongDumps dumps) {
        this(folder, from, until, Weather.FINE, schedules, dumps);
    }

    private Month(Path folder, Instant from, Instant until, Weather weather, String schedules, LongDumps dumps) {
        this.from = from;
        this.until = until;
        this.weather = weather;
        this.dumps = dumps;
        this.place = new Place(folder.resolve("repository"));
        this.tools = new TestTools(folder).database(schedules).tools();
        tools.repositories().openOrCreate("main", StoreRight.WRITE);
        this.temporal = temporal(from);
        this.time = new TestTime(temporal);
        this.plans = Plan.of("orders", tools.settings().database("orders"));
        this.schedulers = plans.stream()
                .map(it -> new Scheduler(it, temporal.getWorkflowClient(), from))
                .toList();
        this.workers = workers();
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
        workers.start();
        for (Instant next : moments()) {
            passTo(next);
            change(next);
            dumps.announce(next);
            if (!world.isAway(Part.SERVER)) {
                schedulers.forEach(it -> it.look(next));
            }
            dumps.settle(time, schedulers.stream().filter(Scheduler::isOpen).count());
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
            dumps.passTo(moment, time, temporal.getWorkflowClient());
            time.passTo(moment);
        }
    }

    private void change(Instant now) {
        Set<Part> before = world.away();
        Set<Part> away = weather.away(now);
        world.isAway(away);
        place.isAway(away.contains(Part.REPOSITORY));
        if (before.contains(Part.SERVER) && !away.contains(Part.SERVER)) {
            time.jumpTo(now);
        }
        if (before.contains(Part.WORKER) && !away.contains(Part.WORKER)) {
            workers.resumePolling();
        }
        if (!before.contains(Part.WORKER) && away.contains(Part.WORKER)) {
            restWork();
        }
    }

    private WorkerFactory workers() {
        WorkerFactory factory = WorkerFactory.newInstance(
                client(),
                WorkerFactoryOptions.newBuilder()
                        .setUsingVirtualWorkflowThreads(true)
                        // This server waits for ever for a worker that remembers a run and is gone.
                        .setWorkflowCacheSize(0)
                        .setWorkerInterceptors(new StepTitles(), new PulseInterceptor(), runs, dumps)
                        .build());
        Cast.of(tools, world, time, dumps).forEach((queue, activities) -> {
            Worker worker = factory.newWorker(queue.taskQueue(), WorkerOptions.getDefaultInstance());
            if (queue == Queue.CONTROL) {
                worker.registerWorkflowImplementationTypes(Runbooks.options(), Runbooks.implementations());
            }
            worker.registerActivitiesImplementations(activities.toArray());
        });
        return factory;
    }

    // Not the one for tests, which lets all time pass that there is while it waits for the end of a run.
    private WorkflowClient client() {
        return WorkflowClient.newInstance(
                temporal.getWorkflowServiceStubs(),
                temporal.getWorkflowClient().getOptions().toBuilder()
                        .setInterceptors()
                        .build());
    }

    /**
     * The workers stop asking, and finish what they have. They are not shut down: this server hands a task to a poll whose
     * worker is gone just now, holds the time until that task is timed out, and a run may never be heard of again.
     */
    private void restWork() {
        workers.suspendPolling();
        LockSupport.parkNanos(POLL.multipliedBy(2).toNanos());
    }

    /** Ready to say whether all was as it has to be. */
    Judgement judgement() {
        return new Judgement(new Trial(from, until, plans, weather, SAID_WITHIN, PATIENCE, Blame::of), ledger());
    }

    /** What is left of it. */
    Ledger ledger() {
        return Ledger.of(
                temporal.getWorkflowClient(), runs.all(), tools.repositories().open("main", StoreRight.READ));
    }

    Plan daily() {
        return plans.stream()
                .filter(it -> it.request().workflowId().equals("on-schedule/backup/orders/daily"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        workers.awaitTermination(10, TimeUnit.SECONDS);
        temporal.close();
    }
}
