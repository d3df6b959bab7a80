package dev.lifeboat.workers.survival;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.store.TestPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The Temporal server of {@code docker-compose.yml} without containers: the same program, on a PostgreSQL, made ready by
 * the same scripts, with the settings of that file. Only addresses, ports and passwords are this machine's.
 */
final class ComposedTemporal implements AutoCloseable {

    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final Path PROGRAMS = ROOT.resolve(".tools/temporal-server");
    private static final String PASSWORD = "composed";

    private final Path folder;
    private final TestPostgres database;
    private final int port;
    private final Process server;

    private ComposedTemporal(Path folder, TestPostgres database, int port, Process server) {
        this.folder = folder;
        this.database = database;
        this.port = port;
        this.server = server;
    }

    /**
     * Starts it; skips the test where the program is missing.
     *
     * @param more settings beyond those of the compose file, such as certificates
     */
    static ComposedTemporal start(Path folder, Map<String, String> more) {
        find();
        TestPostgres database = TestPostgres.start();
        try {
            database.execute("postgres", "CREATE ROLE temporal SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
            schema(folder, database);
            int port = TestPort.free();
            Process server = process(
                    folder,
                    "server",
                    List.of(PROGRAMS.resolve("temporal-server").toString(), "start"),
                    settings(database, port, more));
            ComposedTemporal temporal = new ComposedTemporal(folder, database, port, server);
            temporal.awaitPort();
            return temporal;
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Runs the compose file's script that makes the namespace; {@code environment} says who we are. */
    void makeNamespace(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(environment("temporal-namespace"));
        all.put("TEMPORAL_ADDRESS", address());
        all.put("PATH", TestTemporal.find().getParent() + ":" + System.getenv("PATH"));
        run(
                folder,
                "namespace",
                List.of("sh", ROOT.resolve("ops/temporal/namespace.sh").toString()),
                all);
    }

    @Override
    public void close() {
        server.destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !server.isAlive());
        database.close();
    }

    /** What the compose file says to one of its services. */
    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new HashMap<>();
        try {
            JsonNode said = new YAMLMapper()
                    .readTree(ROOT.resolve("docker-compose.yml").toFile())
                    .path("services")
                    .path(service)
                    .path("environment");
            said.properties()
                    .forEach(it -> environment.put(it.getKey(), it.getValue().asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (environment.isEmpty()) {
            throw new IllegalStateException("docker-compose.yml says nothing to " + service);
        }
        return environment;
    }

    private static Map<String, String> settings(TestPostgres database, int port, Map<String, String> more) {
        Map<String, String> settings = environment("temporal");
        settings.put("DB_PORT", Integer.toString(database.port()));
        settings.put("POSTGRES_SEEDS", "127.0.0.1");
        settings.put("POSTGRES_PWD", PASSWORD);
        settings.put("BIND_ON_IP", "127.0.0.1");
        settings.put(
                "DYNAMIC_CONFIG_FILE_PATH",
                ROOT.resolve(settings.getOrDefault("DYNAMIC_CONFIG_FILE_PATH", "")
                                .replace("/lifeboat/", "ops/temporal/"))
                        .toString());
        // Its parts keep their ports in PostgreSQL, as numbers of two bytes with a sign.
        settings.put("FRONTEND_GRPC_PORT", Integer.toString(port));
        for (String service : List.of("INTERNAL_FRONTEND", "MATCHING", "HISTORY", "WORKER")) {
            settings.put(service + "_GRPC_PORT", Integer.toString(TestPort.free()));
        }
        for (String service : List.of("FRONTEND", "INTERNAL_FRONTEND", "MATCHING", "HISTORY", "WORKER")) {
            settings.put(service + "_MEMBERSHIP_PORT", Integer.toString(TestPort.free()));
            settings.put(service + "_HTTP_PORT", Integer.toString(TestPort.free()));
        }
        settings.putAll(more);
        return settings;
    }

    private static void schema(Path folder, TestPostgres database) {
        Map<String, String> environment = environment("temporal-schema");
        environment.put("SQL_HOST", "127.0.0.1");
        environment.put("SQL_PORT", Integer.toString(database.port()));
        environment.put("SQL_PASSWORD", PASSWORD);
        environment.put(
                "TEMPORAL_SCHEMAS", PROGRAMS.resolve("schema/postgresql/v12").toString());
        environment.put("PATH", PROGRAMS + ":" + System.getenv("PATH"));
        run(
                folder,
                "schema",
                List.of("sh", ROOT.resolve("ops/temporal/schema.sh").toString()),
                environment);
    }

    private static void run(Path folder, String name, List<String> command, Map<String, String> environment) {
        Process process = process(folder, name, command, environment);
        try {
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(name + ": " + Files.readString(folder.resolve(name + ".log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }

    // Nothing of the caller's environment may stand in for what the compose file forgot.
    private static Process process(Path folder, String name, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPort() {
        await("Temporal on PostgreSQL").atMost(Duration.ofMinutes(2)).until(() -> {
            if (!server.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("server.log")));
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private static void find() {
        boolean there = Files.isExecutable(PROGRAMS.resolve("temporal-server"));
        String reason = "no Temporal server here; tools/temporal-server builds it";
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        Assumptions.assumeTrue(there, reason);
    }
}
