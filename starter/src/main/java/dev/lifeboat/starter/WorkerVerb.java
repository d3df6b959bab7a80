package dev.lifeboat.starter;

import dev.lifeboat.starter.local.WorkerProcess;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code lifeboat worker}. The launcher starts the worker's own jar instead of this; this is its help, and the same for
 * who starts the command's jar by hand.
 */
@Command(
        name = "worker",
        description = "Runs a worker: it does what runbooks ask for, with the secrets this machine has.",
        footer = {
            "",
            "Roles: control (decides, holds no secret), write (dumps), read (restores, holds the age key), delete.",
            "",
            "Examples:",
            "  lifeboat worker",
            "  lifeboat worker --roles control,write --host db1 --http 127.0.0.1:9464"
        })
final class WorkerVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Option(names = "--roles", paramLabel = "ROLES", description = "Of control,write,read,delete; all if not given.")
    private Optional<String> roles = Optional.empty();

    @Option(names = "--host", paramLabel = "NAME", description = "What this machine is called in lifeboat.yml.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description = "Where to answer /metrics, /health, /ready; else worker.http, else nowhere.")
    private Optional<String> http = Optional.empty();

    WorkerVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = conventions.surroundings();
        List<String> arguments = new ArrayList<>(
                List.of("--config", conventions.settingsFile().toAbsolutePath().toString()));
        roles.ifPresent(it -> arguments.addAll(List.of("--roles", it)));
        host.ifPresent(it -> arguments.addAll(List.of("--host", it)));
        http.ifPresent(it -> arguments.addAll(List.of("--http", it)));
        try {
            Process worker = new ProcessBuilder(WorkerProcess.command(surroundings.home(), arguments))
                    .inheritIO()
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(worker::destroy, "stop the worker"));
            return worker.waitFor();
        } catch (IOException e) {
            throw new CommandException(ExitCode.BAD, "the worker cannot be started: " + e.getMessage(), "", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.BAD, "interrupted", "", e);
        }
    }
}
