package dev.lifeboat.starter.demo;

import dev.lifeboat.starter.local.InJvmTemporal;
import dev.lifeboat.starter.local.LocalTemporal;
import dev.lifeboat.starter.local.PostgresPrograms;
import dev.lifeboat.starter.local.TemporalBinary;
import dev.lifeboat.starter.local.ThrowAwayPostgres;
import dev.lifeboat.starter.local.WorkerProcess;
import dev.lifeboat.starter.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The servers of a demo, on loopback and below one folder. They end with it, the last one first. */
final class Stage implements AutoCloseable {

    private final Path home;
    private final Path folder;
    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    Stage(Path home, Path folder, Map<String, String> environment, Terminal terminal) {
        this.home = home;
        this.folder = folder;
        this.environment = environment;
        this.terminal = terminal;
        // Also when somebody presses Ctrl-C.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of the demo"));
    }

    ThrowAwayPostgres postgres() {
        Path programs = new PostgresPrograms(environment, terminal::say).findOrGet();
        ThrowAwayPostgres server = ThrowAwayPostgres.start(programs, folder.resolve("postgres"));
        remember(server);
        return server;
    }

    /** Temporal with its page, or what there is without it. */
    TemporalPlace temporal() {
        Optional<Path> binary = new TemporalBinary(home, environment, terminal::say).findOrGet();
        if (binary.isPresent()) {
            LocalTemporal server =
                    LocalTemporal.start(binary.get(), folder.resolve("temporal"), LocalTemporal.Ports.free());
            remember(server);
            return new TemporalPlace(server.address(), Optional.of(server), server::pid);
        }
        terminal.say("Temporal's own program cannot be had here: a stand-in inside this JVM is used instead.");
        terminal.say("It has no web page and no schedules, and what it knows is lost when it ends.");
        InJvmTemporal server = InJvmTemporal.start(folder.resolve("temporal"));
        remember(server);
        return new TemporalPlace(server.address(), Optional.empty(), server::pid);
    }

    WorkerProcess worker(Path configuration) {
        WorkerProcess worker = WorkerProcess.start(new WorkerProcess.Order(
                home, configuration, Optional.empty(), Optional.empty(), folder.resolve("worker.log"), Map.of()));
        remember(worker);
        worker.awaitReady();
        return worker;
    }

    /** Everything goes on after this process has ended. */
    synchronized void keep() {
        running.clear();
    }

    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                terminal.say("something of the demo did not end by itself: " + e.getMessage());
            }
        }
    }

    private synchronized void remember(AutoCloseable server) {
        running.push(server);
    }

    /** Where Temporal listens, and the server itself if it is more than a stand-in. */
    record TemporalPlace(String address, Optional<LocalTemporal> server, LongSupplier process) {

        /** The address of its web page, if it has one. */
        Optional<String> page() {
            return server.map(LocalTemporal::userInterface);
        }

        long pid() {
            return process.getAsLong();
        }
    }
}
