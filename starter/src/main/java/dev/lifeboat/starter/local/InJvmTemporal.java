package dev.lifeboat.starter.local;

import io.temporal.testserver.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The SDK's own test server in a process of its own: no web page, no schedules, no list of runs, and nothing survives its
 * end. The last resort where Temporal's program cannot be had.
 */
public final class InJvmTemporal implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Server server;
    private final int port;

    private InJvmTemporal(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts it on a free port of the loopback address; returns when it listens. */
    public static InJvmTemporal start(Path folder) {
        int port = FreePort.any();
        Folders.makePrivate(folder);
        Server server = Server.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsun.misc.unsafe.memory.access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestServer.class.getName(),
                        Integer.toString(port)),
                Map.of(),
                folder,
                folder.resolve("temporal.log"));
        Patience.until(START_LIMIT, () -> !server.isAlive() || FreePort.isListening(port));
        return new InJvmTemporal(server, port);
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    public long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        server.stop(STOP_LIMIT);
    }
}
