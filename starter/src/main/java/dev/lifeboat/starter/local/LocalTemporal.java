package dev.lifeboat.starter.local;

import com.google.protobuf.util.Durations;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A Temporal server of one process on this machine's loopback address, with its web page; what it knows is in one file
 * and survives SIGKILL. For development and demonstrations.
 */
public final class LocalTemporal implements AutoCloseable {

    private static final String NAMESPACE = "default";
    private static final String DATABASE = "temporal.sqlite";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final int RETENTION_DAYS = 90;

    private final Path binary;
    private final Path folder;
    private final Ports ports;
    private Server server;

    /** Where it listens: the server itself and its web page. */
    public record Ports(int server, int userInterface) {

        public static Ports free() {
            int[] two = IntStream.generate(FreePort::any).distinct().limit(2).toArray();
            return new Ports(two[0], two[1]);
        }
    }

    private LocalTemporal(Path binary, Path folder, Ports ports, Server server) {
        this.binary = binary;
        this.folder = folder;
        this.ports = ports;
        this.server = server;
    }

    /**
     * Starts a server with its state in {@code folder}; what an earlier one left there is taken up. Returns when it
     * answers.
     */
    public static LocalTemporal start(Path binary, Path folder, Ports ports) {
        Folders.makePrivate(folder);
        Path database = folder.resolve(DATABASE);
        if (!Files.exists(database)) {
            create(binary, folder, ports);
        }
        Server server = startServer(binary, folder, ports, database);
        LocalTemporal temporal = new LocalTemporal(binary, folder, ports, server);
        temporal.awaitAnswer(server);
        temporal.keepRunsFor(RETENTION_DAYS);
        return temporal;
    }

    // A server killed in its first moments leaves a file that never starts again: so it gets its name only afterwards.
    private static void create(Path binary, Path folder, Ports ports) {
        Path unfinished = folder.resolve(DATABASE + ".new");
        try {
            for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
                Files.deleteIfExists(folder.resolve(DATABASE + ".new" + suffix));
            }
            Server server = startServer(binary, folder, ports, unfinished);
            new LocalTemporal(binary, folder, ports, server).awaitAnswer(server);
            server.stop(STOP_LIMIT);
            Files.move(unfinished, folder.resolve(DATABASE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Server startServer(Path binary, Path folder, Ports ports, Path database) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "server",
                "start-dev",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(ports.server()),
                "--ui-port",
                Integer.toString(ports.userInterface()),
                "--db-filename",
                database.toString(),
                "--log-level",
                "error"));
        for (String attribute : List.of("LifeboatTarget", "LifeboatRun", "LifeboatWaiting")) {
            command.addAll(List.of("--search-attribute", attribute + "=Keyword"));
        }
        for (String setting :
                List.of("frontend.enableCancelWorkerPollsOnShutdown", "system.enableActivityEagerExecution")) {
            command.addAll(List.of("--dynamic-config-value", setting + "=true"));
        }
        if (knows(binary, "--ui-disable-news-fetch")) {
            command.add("--ui-disable-news-fetch");
        }
        return Server.start(command, Map.of(), folder, folder.resolve("temporal.log"));
    }

    private static boolean knows(Path binary, String flag) {
        return Program.of(binary.toString(), "server", "start-dev", "--help")
                .run(Duration.ofSeconds(20))
                .said()
                .contains(flag);
    }

    /** {@code 127.0.0.1:7233}. */
    public String address() {
        return "127.0.0.1:" + ports.server();
    }

    public String namespace() {
        return NAMESPACE;
    }

    /** The address of the web page. */
    public String userInterface() {
        return "http://127.0.0.1:" + ports.userInterface();
    }

    public long pid() {
        return server.pid();
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    public Path log() {
        return server.log();
    }

    /** SIGKILL. */
    public void kill() {
        server.kill();
    }

    /** Starts it again on the same ports and the same file; returns when it answers. */
    public void restart() {
        if (server.isAlive()) {
            server.stop(STOP_LIMIT);
        }
        server = startServer(binary, folder, ports, folder.resolve(DATABASE));
        awaitAnswer(server);
    }

    @Override
    public void close() {
        server.stop(STOP_LIMIT);
    }

    private void awaitAnswer(Server started) {
        boolean answered = Patience.until(START_LIMIT, () -> !started.isAlive() || answers());
        if (answered && started.isAlive()) {
            return;
        }
        String lastWords = started.lastWords();
        started.kill();
        throw new CommandException(
                ExitCode.UNREACHABLE,
                "Temporal did not start on %s: %s".formatted(address(), lastWords),
                "Its log is '%s'.".formatted(started.log()));
    }

    private boolean answers() {
        // Cheap first: a port that nobody listens on needs no client.
        return FreePort.isListening(ports.server())
                && call(stubs -> stubs.blockingStub()
                        .withDeadlineAfter(2, TimeUnit.SECONDS)
                        .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                .setNamespace(NAMESPACE)
                                .build()));
    }

    private void keepRunsFor(int days) {
        NamespaceConfig retention = NamespaceConfig.newBuilder()
                .setWorkflowExecutionRetentionTtl(Durations.fromDays(days))
                .build();
        call(stubs -> stubs.blockingStub()
                .updateNamespace(UpdateNamespaceRequest.newBuilder()
                        .setNamespace(NAMESPACE)
                        .setConfig(retention)
                        .build()));
    }

    private boolean call(Consumer<WorkflowServiceStubs> request) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
        try {
            request.accept(stubs);
            return true;
        } catch (StatusRuntimeException e) {
            return false;
        } finally {
            stubs.shutdownNow();
        }
    }
}
