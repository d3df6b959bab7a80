package dev.lifeboat.starter.local;

import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker in a process of its own, which can be killed and started again. */
public final class WorkerProcess implements AutoCloseable {

    /** What a worker says once it takes work. */
    static final String READY = "worker ready";

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    // Work in progress may finish or be handed over; the worker itself gives up earlier.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Order order;
    private Server server;
    private long logStart;

    /**
     * How a worker is started.
     *
     * @param home Lifeboat's own folder
     * @param roles as {@code --roles} takes them; empty for all
     * @param host its host's name; empty for the machine's
     * @param environment added to this process's own
     * @param privateTemporal the address of a server of its own, instead of the one that the configuration names
     */
    public record Order(
            Path home,
            Path configuration,
            Optional<String> roles,
            Optional<String> host,
            Path log,
            Map<String, String> environment,
            Optional<String> privateTemporal) {

        /** For the server that the configuration names. */
        public Order(
                Path home,
                Path configuration,
                Optional<String> roles,
                Optional<String> host,
                Path log,
                Map<String, String> environment) {
            this(home, configuration, roles, host, log, environment, Optional.empty());
        }
    }

    private WorkerProcess(Order order) {
        this.order = order;
        this.logStart = size(order.log());
        this.server = startServer(order);
    }

    /** Starts a worker and returns at once; {@link #awaitReady} waits for it. */
    public static WorkerProcess start(Order order) {
        return new WorkerProcess(order);
    }

    /** The command line of a worker, for a process of its own. */
    public static List<String> command(Path home, List<String> arguments) {
        Path library = library(home);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + options(home, library));
        command.add("-Dlifeboat.home=" + home);
        command.addAll(List.of("-jar", library.resolve("workers.jar").toString()));
        command.addAll(arguments);
        return command;
    }

    private static Path library(Path home) {
        Path built = home.resolve("target/dist/lib");
        return Files.isDirectory(built) ? built : home.resolve("lib");
    }

    private static Path options(Path home, Path library) {
        Path shipped = library.resolve("worker.options");
        return Files.exists(shipped) ? shipped : home.resolve("workers/src/main/dist/worker.options");
    }

    private static Server startServer(Order order) {
        List<String> arguments = new ArrayList<>(
                List.of("--config", order.configuration().toAbsolutePath().toString()));
        order.roles().ifPresent(roles -> arguments.addAll(List.of("--roles", roles)));
        order.host().ifPresent(host -> arguments.addAll(List.of("--host", host)));
        order.privateTemporal().ifPresent(address -> arguments.addAll(List.of("--private-temporal", address)));
        Path folder = Optional.ofNullable(order.configuration().toAbsolutePath().getParent())
                .orElse(order.home());
        return Server.start(command(order.home(), arguments), order.environment(), folder, order.log());
    }

    /** Returns when the worker takes work. */
    public void awaitReady() {
        boolean ready = Patience.until(START_LIMIT, () -> !server.isAlive() || saysReady());
        if (ready && server.isAlive()) {
            return;
        }
        String lastWords = server.lastWords();
        server.kill();
        throw new CommandException(
                ExitCode.BAD,
                "the worker did not start: %s".formatted(lastWords),
                "Its log is '%s'.".formatted(order.log()));
    }

    public long pid() {
        return server.pid();
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    /** SIGKILL. */
    public void kill() {
        server.kill();
    }

    /** Starts it again after it was killed or stopped; returns at once. */
    public void restart() {
        if (server.isAlive()) {
            close();
        }
        logStart = size(order.log());
        server = startServer(order);
    }

    @Override
    public void close() {
        server.stop(STOP_LIMIT);
    }

    private boolean saysReady() {
        try {
            byte[] log = Files.readAllBytes(order.log());
            int from = (int) Math.min(logStart, log.length);
            return new String(log, from, log.length - from, StandardCharsets.UTF_8).contains(READY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
