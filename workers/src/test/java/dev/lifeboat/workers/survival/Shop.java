package dev.lifeboat.workers.survival;

import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.workers.KillableWorker;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.model.Tag;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** All that Lifeboat needs to back up one database, real and small: its server, Temporal, a repository, keys, workers. */
final class Shop implements AutoCloseable {

    static final String DATABASE = "orders";

    static final String USER = "keeper";

    /** So many orders that a worker which stores {@link #SLOWLY} dumps them for ten seconds and more. */
    static final int MANY = 30_000;

    static final String SLOWLY = "lifeboat.bytes-per-second=500000";

    private final Path folder;
    private final TestPostgres postgres;
    private final TestTemporal temporal;
    private final TemporalConnection connection;
    private final AgeIdentity identity = AgeKeys.generate();
    private final SigningKey signing = SigningKey.generate();

    // This shop's alone: another test on this machine may plant its own, and see it in the open.
    private final String secret = "pl4nted" + UUID.randomUUID().toString().replace("-", "");
    private final List<TestWorker> workers = new ArrayList<>();
    private final CommandLines commandLines = CommandLines.watch(secrets());

    private Shop(Path folder, TestPostgres postgres, TestTemporal temporal) {
        this.folder = folder;
        this.postgres = postgres;
        this.temporal = temporal;
        this.connection = TemporalConnection.to(temporal.address(), "default", Optional.empty());
    }

    /** Opens a shop whose database has so many orders, of a third of a kilobyte each. */
    static Shop open(int orders) {
        Path folder = TestFolders.make();
        TestTemporal temporal = TestTemporal.start(folder);
        try {
            Shop shop = new Shop(folder, TestPostgres.start(List.of("log_statement = all")), temporal);
            shop.furnish(orders);
            return shop;
        } catch (RuntimeException | Error e) {
            temporal.close();
            throw e;
        }
    }

    TestPostgres postgres() {
        return postgres;
    }

    TestTemporal temporal() {
        return temporal;
    }

    TemporalConnection connection() {
        return connection;
    }

    AgeIdentity identity() {
        return identity;
    }

    CommandLines commandLines() {
        return commandLines;
    }

    Path repository() {
        return folder.resolve("repository");
    }

    /** Where every backup has its copy. */
    Path far() {
        return folder.resolve("far");
    }

    SigningKey signing() {
        return signing;
    }

    Path folder() {
        return folder;
    }

    Path state() {
        return folder.resolve("state");
    }

    Path log() {
        return folder.resolve("worker.log");
    }

    /** A secret in a file, as the configuration names it. */
    String secretIn(String name, String text) {
        TestFolders.writePrivate(folder.resolve(name), text);
        return "file:" + folder.resolve(name);
    }

    Path ageKey() {
        return folder.resolve("age.key");
    }

    Path signingKey() {
        return folder.resolve("signing.key");
    }

    Path passwordFile() {
        return folder.resolve("password");
    }

    Path temporalFile() {
        return folder.resolve("temporal.db");
    }

    List<String> secrets() {
        // The password begins so. Not the whole of it: a quoted or escaped one is as bad.
        String key = signing.pem().lines().skip(1).findFirst().orElseThrow();
        return List.of(secret, identity.text().strip(), key);
    }

    /** Starts a worker and waits until it polls. */
    TestWorker worker(String... wishes) {
        return start(KillableWorker.class, wishes).awaitReady();
    }

    /** A worker of one role, in a folder of its own that holds no secret but {@code secrets}; the files in there. */
    List<Path> workerApart(String role, List<String> lines, List<Path> secrets) {
        Path own = folder.resolve(role);
        TestFolders.makePrivate(own);
        secrets.forEach(it -> TestFolders.writePrivate(
                own.resolve(it.getFileName()), String.join("\n", TestFolders.lines(it)) + "\n"));
        Path settings = own.resolve("lifeboat.yml");
        TestFolders.writePrivate(settings, String.join("\n", lines) + "\n");
        TestWorker worker = TestWorker.start(
                KillableWorker.class,
                settings,
                folder.resolve("worker.log"),
                postgres.binaries(),
                List.of("lifeboat.effects=" + folder, "--roles=" + role));
        workers.add(worker);
        worker.awaitReady();
        return TestFolders.files(own);
    }

    /** Starts a worker and does not wait for it: it may be dead before it is ready. */
    TestWorker start(Class<?> main, String... wishes) {
        List<String> all = new ArrayList<>(List.of("lifeboat.effects=" + folder));
        all.addAll(Arrays.asList(wishes));
        TestWorker worker = TestWorker.start(main, folder.resolve("lifeboat.yml"), log(), postgres.binaries(), all);
        workers.add(worker);
        return worker;
    }

    /** Asks for a backup. */
    WorkflowStub backUp() {
        return backUp("backup/" + DATABASE);
    }

    /** Asks for a backup under some workflow id. */
    WorkflowStub backUp(String workflowId) {
        return backUp(workflowId, DATABASE);
    }

    WorkflowStub backUp(String workflowId, String database) {
        return backUp(workflowId, BackupRequest.of(database));
    }

    /** Asks for a backup as a person does who names its kind. */
    WorkflowStub backUpFor(String tag) {
        return backUp(
                "backup/" + DATABASE,
                new BackupRequest(
                        DATABASE,
                        new Tag(tag),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "ann",
                        false));
    }

    private WorkflowStub backUp(String workflowId, BackupRequest request) {
        WorkflowStub run = connection
                .client()
                .newUntypedWorkflowStub(
                        "BackUpDatabase",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue(Queue.CONTROL.taskQueue())
                                .build());
        run.start(request);
        return run;
    }

    /** How {@code run} stands; RUNNING while nobody can say. */
    WorkflowExecutionStatus status(WorkflowStub run) {
        try {
            return run.describe().getStatus();
        } catch (WorkflowServiceException | StatusRuntimeException e) {
            return WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        }
    }

    boolean isOver(WorkflowStub run) {
        return status(run) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    WorkflowExecutionStatus awaitEnd(WorkflowStub run, Duration limit) {
        await("the end of the run")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isOver(run));
        return status(run);
    }

    WorkflowExecutionHistory history(WorkflowStub run) {
        WorkflowExecution execution = execution(run);
        return connection.client().fetchHistory(execution.getWorkflowId(), execution.getRunId());
    }

    static WorkflowExecution execution(WorkflowStub run) {
        return Objects.requireNonNull(run.getExecution(), "a run that was started");
    }

    /** The lines of a file that workers write for the test: {@code effects}, {@code used}, {@code reached}. */
    List<String> lines(String file) {
        return TestFolders.lines(folder.resolve(file));
    }

    /** Waits until a worker has begun {@code effect}. */
    void awaitEffect(String effect) {
        await(effect)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> lines("effects").contains(effect));
    }

    /** Waits until a worker is in the middle of a dump. */
    void awaitDump() {
        awaitEffect("Backup.Take: write BACKUP.dump.zst.age #2");
    }

    void awaitReached(int points) {
        await("a worker at a point")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> lines("reached").size() >= points);
    }

    /** Lets the worker that waits at a point go on. */
    void goOn() {
        TestFolders.append(folder.resolve("go"), "go\n");
    }

    /** How often the orders were read out, by the server's own log. */
    long reads() {
        return postgres.log()
                .lines()
                .filter(it -> it.contains("LOG:  statement: COPY public.orders (") && it.contains("TO stdout"))
                .count();
    }

    /** Stops the workers and forgets what runs have stored and written so far. */
    void forget() {
        stopWorkers();
        for (Path one : List.of(repository(), far())) {
            TestFolders.remove(one);
            TestFolders.makePrivate(one);
        }
        for (String file : List.of("effects", "used", "reached", "go")) {
            TestFolders.remove(folder.resolve(file));
        }
    }

    void stopWorkers() {
        workers.forEach(TestWorker::close);
        workers.clear();
    }

    @Override
    public void close() {
        stopWorkers();
        commandLines.close();
        connection.close();
        temporal.close();
        postgres.close();
        TestFolders.remove(folder);
    }

    private void furnish(int orders) {
        String password = secret + ":s\\ecret";
        postgres.execute("postgres", "CREATE ROLE " + USER + " SUPERUSER LOGIN PASSWORD '" + password + "'");
        TestFolders.writePrivate(passwordFile(), password + "\n");
        postgres.createDatabase(DATABASE);
        postgres.execute(
                DATABASE,
                "CREATE TABLE orders (id bigint PRIMARY KEY, text text)",
                """
                INSERT INTO orders SELECT id, (SELECT string_agg(md5(id::text || n::text), '') FROM generate_series(1, 10) n)
                FROM generate_series(1, %d) id""".formatted(orders),
                "CREATE TABLE \"odd \"\"name\" (id int, amount numeric, at timestamptz)",
                "INSERT INTO \"odd \"\"name\" VALUES (1, 'NaN', '2026-02-28 23:59:59.999999+14'), (2, 1.10, NULL)");
        TestFolders.writePrivate(folder.resolve("age.key"), identity.text() + "\n");
        TestFolders.writePrivate(folder.resolve("signing.key"), signing.pem());
        TestFolders.makePrivate(repository());
        TestFolders.makePrivate(far());
        configure("file:%s\", host: test".formatted(far()), "");
    }

    /** Workers that start from now on call that address every second, as long as they are healthy. */
    void listenOutside(String address) {
        TestFolders.append(
                folder.resolve("lifeboat.yml"),
                "notify: { heartbeat: { url: \"%s\", every: 1s } }\n".formatted(address));
    }

    /**
     * The configuration of workers that start from now on, with these lines for the backup of the database. Nobody looks at
     * all backups together: that would be at some time of the day, which may be now.
     */
    Settings scheduled(String lines) {
        String before = String.join("\n", TestFolders.lines(settings())) + "\n";
        TestFolders.writePrivate(
                settings(),
                before.replace(
                        "backup: { to: [main, far] }",
                        "backup: { to: [main, far], %s }\n    verification: { schedule: off }".formatted(lines)));
        return Settings.load(settings());
    }

    Path settings() {
        return folder.resolve("lifeboat.yml");
    }

    /**
     * What workers that start from now on are told.
     *
     * @param far where copies go, and what else that repository says
     * @param databases more of them, as lines
     */
    void configure(String far, String databases) {
        TestFolders.writePrivate(folder.resolve("lifeboat.yml"), ShopSettings.of(this, far, databases));
    }
}
