package dev.lifeboat.repository.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A program that listens on a free loopback port during a test, in a folder of its own; both are gone when it is closed. */
final class TestServer implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final ProcessBuilder command;
    private Process process;

    private TestServer(Path folder, int port, ProcessBuilder command, Process process) {
        this.folder = folder;
        this.port = port;
        this.command = command;
        this.process = process;
    }

    /** The program on PATH or in {@code .tools/}; without it the test is skipped, or with {@code CI=true} failed. */
    static Path program(String name, String installer) {
        Stream<Path> folders = Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of),
                Stream.of(Path.of(System.getProperty("lifeboat.root", ".."), ".tools")));
        List<Path> found =
                folders.map(it -> it.resolve(name)).filter(Files::isExecutable).toList();
        String reason = "no %s on PATH or in .tools: 'tools/%s' builds one".formatted(name, installer);
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        Assumptions.assumeFalse(found.isEmpty(), reason);
        return found.getFirst();
    }

    static TestServer start(Arguments arguments, Map<String, String> environment) {
        try {
            Path folder = Files.createTempDirectory("lifeboat-server");
            int port = TestPort.free();
            ProcessBuilder command = new ProcessBuilder(arguments.of(folder, "127.0.0.1:" + port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()));
            command.environment().putAll(environment);
            TestServer server = new TestServer(folder, port, command, command.start());
            server.awaitListening();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** As a machine without power: what it has not made durable is lost. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It keeps its connections and does nothing any more. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void startAgain() {
        try {
            process = command.start();
            awaitListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> listens() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(folder.resolve("log")));
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The command line, when folder and address are known. */
    interface Arguments {
        List<String> of(Path folder, String address) throws IOException;
    }
}
