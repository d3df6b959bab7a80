package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.local.FreePort;
import dev.lifeboat.starter.local.LocalTemporal;
import dev.lifeboat.starter.local.TemporalBinary;
import dev.lifeboat.starter.local.WorkerProcess;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat up}. */
@Command(
        name = "up",
        description = {
            "For development: Temporal with its web page, and a worker, on this machine, until Ctrl-C.",
            "Runs are kept in .lifeboat beside the configuration, and go on at the next 'lifeboat up'."
        },
        footer = {"", "Example:", "  lifeboat up"})
final class UpVerb implements Callable<Integer> {

    private static final int FROM_SERVER_TO_PAGE = 1000;

    private final Conventions conventions;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where runs are kept, instead of .lifeboat.")
    private Optional<Path> folder = Optional.empty();

    private volatile boolean stopping;

    UpVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = conventions.settings();
        Surroundings surroundings = conventions.surroundings();
        Terminal terminal = conventions.terminal();
        LocalTemporal.Ports ports = ports(settings.temporal().address());
        Path state = folder.map(surroundings::resolve)
                .orElseGet(() -> settings.file().resolveSibling(".lifeboat"));
        Path binary = new TemporalBinary(surroundings.home(), surroundings.environment(), terminal::say)
                .findOrGet()
                .orElseThrow(() -> CommandException.unreachable(
                        "Temporal's program is not on this machine and could not be fetched",
                        "Install it (https://docs.temporal.io/cli), or install Go and type this again."));
        LocalTemporal temporal = LocalTemporal.start(binary, state, ports);
        Thread stopTemporal = new Thread(temporal::close, "stop Temporal");
        Runtime.getRuntime().addShutdownHook(stopTemporal);
        WorkerProcess worker = startWorker(settings, state);
        Runtime.getRuntime().removeShutdownHook(stopTemporal);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, temporal), "stop all"));
        worker.awaitReady();
        terminal.say("Temporal   %s".formatted(temporal.address()));
        terminal.say("web page   %s".formatted(temporal.userInterface()));
        terminal.say("worker     process %d, log %s".formatted(worker.pid(), state.resolve("worker.log")));
        terminal.say("Ctrl-C stops both; runs go on at the next 'lifeboat up'");
        return waitForEither(worker, temporal);
    }

    private LocalTemporal.Ports ports(String address) {
        String host = address.substring(0, address.lastIndexOf(':'));
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        if (!host.equals("127.0.0.1") && !host.equals("localhost")) {
            throw CommandException.usage(
                    "temporal.address is '%s', which is not this machine".formatted(address),
                    "'lifeboat up' is for development: set temporal.address to 127.0.0.1:7233.");
        }
        LocalTemporal.Ports ports = new LocalTemporal.Ports(port, port + FROM_SERVER_TO_PAGE);
        for (int each : new int[] {ports.server(), ports.userInterface()}) {
            if (!FreePort.isFree(each)) {
                throw CommandException.usage(
                        "something listens on port %d already".formatted(each),
                        "Is 'lifeboat up' running in another window? Else set temporal.address to another port.");
            }
        }
        return ports;
    }

    private WorkerProcess startWorker(Settings settings, Path state) {
        try {
            Files.createDirectories(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return WorkerProcess.start(new WorkerProcess.Order(
                conventions.surroundings().home(),
                settings.file(),
                Optional.empty(),
                Optional.empty(),
                state.resolve("worker.log"),
                Map.of()));
    }

    // The worker first: it hands back what it works on while Temporal still listens.
    private void stop(WorkerProcess worker, LocalTemporal temporal) {
        stopping = true;
        conventions.terminal().say("stopping ...");
        worker.close();
        temporal.close();
    }

    private int waitForEither(WorkerProcess worker, LocalTemporal temporal) throws InterruptedException {
        while (worker.isAlive() && temporal.isAlive()) {
            Thread.sleep(500);
        }
        boolean workerEnded = !worker.isAlive();
        // Ctrl-C reaches the children as well, and they may be faster.
        Thread.sleep(1_000);
        if (stopping) {
            return ExitCode.GOOD.number();
        }
        throw new CommandException(
                ExitCode.BAD,
                workerEnded ? "the worker ended by itself" : "Temporal ended by itself",
                "Its log is '%s'."
                        .formatted(workerEnded ? temporal.log().resolveSibling("worker.log") : temporal.log()));
    }
}
