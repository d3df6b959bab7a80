package dev.lifeboat.workers.survival;

import static org.awaitility.Awaitility.await;

import dev.lifeboat.repository.store.TestPort;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A real Temporal server with its state in a file, on a free loopback port. It can be killed and started again. */
public final class TestTemporal implements AutoCloseable {

    private final Path binary;
    private final Path folder;
    private final int port;
    private Process server;

    private TestTemporal(Path binary, Path folder, int port, Process server) {
        this.binary = binary;
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    /** Starts a server below {@code folder}; skips the test if there is no server program here. */
    public static TestTemporal start(Path folder) {
        Path binary = find();
        int port = TestPort.free();
        TestTemporal temporal = new TestTemporal(binary, folder, port, launch(binary, folder, port));
        temporal.awaitAnswer();
        return temporal;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Kills it as a power switch would, and returns when it is gone. */
    void kill() {
        server.destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !server.isAlive());
    }

    /** Starts it again on the same port and the same file, and returns when it answers. */
    void startAgain() {
        server = launch(binary, folder, port);
        awaitAnswer();
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitAnswer() {
        try (TemporalConnection connection = TemporalConnection.to(address(), "default", Optional.empty())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> connection.answersWithin(Duration.ofSeconds(2)));
        }
    }

    private static Process launch(Path binary, Path folder, int port) {
        List<String> command = new ArrayList<>(List.of(binary.toString(), "server", "start-dev", "--headless"));
        command.addAll(List.of("--ip", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--db-filename", folder.resolve("temporal.db").toString()));
        command.addAll(List.of("--log-level", "error"));
        for (String setting :
                List.of("system.enableActivityEagerExecution", "frontend.enableCancelWorkerPollsOnShutdown")) {
            command.addAll(List.of("--dynamic-config-value", setting + "=true"));
        }
        try {
            File log = folder.resolve("temporal.log").toFile();
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program, or an assumption that fails with the reason. */
    public static Path find() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            folders.add(Path.of(folder));
        }
        folders.add(Path.of(System.getProperty("lifeboat.root"), ".tools"));
        Optional<Path> found = folders.stream()
                .map(it -> it.resolve("temporal"))
                .filter(it -> Files.isRegularFile(it) && Files.isExecutable(it))
                .findFirst();
        String reason = "no temporal program here; tools/temporal gets it";
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        Assumptions.assumeTrue(found.isPresent(), reason);
        return found.orElseThrow();
    }
}
