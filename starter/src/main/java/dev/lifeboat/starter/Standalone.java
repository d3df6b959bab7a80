package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.local.PrivateTemporal;
import dev.lifeboat.starter.local.TemporalBinary;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One run on a private Temporal server and a private worker, in a folder from which it goes on after a crash. */
final class Standalone implements RunPlace {

    private final Conventions conventions;
    private final Path folder;
    private final PrivateTemporal servers;
    private final TemporalConnection temporal;
    private final Ending ending;
    private final Thread stop;
    /** What died and could not be started again; empty while all is well. */
    private final AtomicReference<String> dead;

    private StandaloneRecord record;

    /**
     * What the person who types wants otherwise.
     *
     * @param folder where its state is kept
     * @param host what this machine is called in {@code lifeboat.yml}
     * @param own whether it must not go on with a run that an earlier command has left behind
     */
    record Wishes(Optional<Path> folder, Optional<String> host, boolean own) {}

    private Standalone(Conventions conventions, Settings settings, Begun begun, AtomicReference<String> dead) {
        this.conventions = conventions;
        this.folder = begun.folder();
        this.record = begun.record();
        this.servers = begun.servers();
        this.dead = dead;
        this.temporal = TemporalConnection.toOwn(servers.address());
        this.ending = new Ending(conventions, temporal, StoredDocuments.documentsOf(settings), this::farewell);
        this.stop = new Thread(servers::close, "stop the private server");
    }

    /** Goes on in the folder of an earlier command that died here, if there is one; else begins in a new one. */
    static Standalone goOnOrBegin(Conventions conventions, Settings settings, String right, Wishes wishes) {
        return new LeftBehind(conventions, settings, Instant.now())
                .of(right, wishes)
                .flatMap(it -> goOn(conventions, settings, it))
                .orElseGet(() -> begin(conventions, settings, right, wishes));
    }

    // What is damaged there, or taken by another command meanwhile, must not cost this night its backup.
    private static Optional<Standalone> goOn(Conventions conventions, Settings settings, Path left) {
        Terminal terminal = conventions.terminal();
        terminal.say("going on in '%s': the command that worked there died, and nobody else does".formatted(left));
        try {
            return Optional.of(resume(conventions, settings, left));
        } catch (RuntimeException e) {
            Thread.interrupted(); // by a server that died while it was started: the next one is not to hear of it
            terminal.say(Terminal.clean("it cannot be gone on with there, so another run is begun: %s"
                    .formatted(Failures.explain(e).problem())));
            return Optional.empty();
        }
    }

    /** Begins in a new folder. */
    static Standalone begin(Conventions conventions, Settings settings, String right, Wishes wishes) {
        Surroundings surroundings = conventions.surroundings();
        StandaloneFolder folders = new StandaloneFolder(settings.worker().state());
        folders.sweep();
        folders.unfinished(right)
                .forEach(it -> conventions
                        .terminal()
                        .say("an earlier standalone run of %s did not end; it goes on with: lifeboat resume %s"
                                .formatted(right, it)));
        Path folder = wishes.folder().map(surroundings::resolve).orElseGet(() -> folders.fresh(right));
        StandaloneFolder.make(folder);
        Optional<Path> binary = binary(conventions);
        StandaloneRecord record = new StandaloneRecord(
                right,
                settings.file(),
                wishes.host(),
                binary.isPresent(),
                surroundings.operator(),
                Instant.now(),
                Optional.empty(),
                Optional.empty());
        PrivateTemporal servers = PrivateTemporal.take(folder, conventions.terminal()::say);
        record.write(folder);
        introduce(conventions.terminal(), folder, record);
        return start(conventions, settings, new Begun(folder, record, servers, binary));
    }

    /**
     * Goes on in the folder of a run whose command, server or worker died.
     *
     * @throws CommandException if there is nothing to go on with
     */
    static Standalone resume(Conventions conventions, Settings settings, Path folder) {
        PrivateTemporal servers = PrivateTemporal.take(folder, conventions.terminal()::say);
        try {
            StandaloneRecord record = StandaloneRecord.read(folder);
            Optional<Path> binary = binary(conventions);
            refuseWithoutMemory(record, folder, binary);
            return start(conventions, settings, new Begun(folder, record, servers, binary));
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private record Begun(Path folder, StandaloneRecord record, PrivateTemporal servers, Optional<Path> binary) {}

    private static Standalone start(Conventions conventions, Settings settings, Begun begun) {
        AtomicReference<String> dead = new AtomicReference<>("");
        Thread waiting = Thread.currentThread();
        Thread early = new Thread(begun.servers()::close, "stop what has started");
        Runtime.getRuntime().addShutdownHook(early);
        try {
            begun.servers()
                    .start(
                            new PrivateTemporal.Order(
                                    begun.folder(),
                                    conventions.surroundings().home(),
                                    settings.file(),
                                    begun.record().host(),
                                    begun.binary()),
                            died -> {
                                dead.set(died);
                                waiting.interrupt();
                            });
        } catch (RuntimeException e) {
            begun.servers().close();
            throw e;
        }
        Standalone started = new Standalone(conventions, settings, begun, dead);
        Runtime.getRuntime().addShutdownHook(started.stop);
        Runtime.getRuntime().removeShutdownHook(early);
        return started;
    }

    @Override
    public TemporalConnection temporal() {
        return temporal;
    }

    @Override
    public Ending ending() {
        return ending;
    }

    /** The run of this folder; empty if the command died before there was one. */
    Optional<RunAddress> run() {
        return new Runs(temporal.client()).newest(record.right());
    }

    @Override
    public RunView follow(RunAddress address) {
        try {
            return toItsEnd(address);
        } catch (RuntimeException e) {
            if (dead.get().isEmpty()) {
                throw e;
            }
            Thread.interrupted(); // it has said what it was for
            throw new CommandException(
                    ExitCode.BAD,
                    "%s died, and the run cannot go on here; its log is below '%s'".formatted(dead.get(), folder),
                    record.durable()
                            ? "Look why; then go on: lifeboat resume %s".formatted(folder)
                            : "Start it again with --standalone --take-over %s"
                                    .formatted(record.run().orElse("RUN")),
                    e);
        }
    }

    private RunView toItsEnd(RunAddress address) {
        Runs runs = new Runs(temporal.client());
        record = record.named(runs.head(address).label());
        record.write(folder);
        RunView view = ending.follow(address);
        if (new OpenRuns(runs, conventions.terminal()).awaitEnd(folder)) {
            record = record.ended(new StandaloneRecord.End(
                    view.state().name(), RunExit.code(view).number(), Instant.now()));
            record.write(folder);
        }
        return view;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook does the rest.
        }
        temporal.close();
        servers.close();
    }

    private String farewell(String run) {
        return record.durable()
                ? "stopping the private server; %s goes on with: lifeboat resume %s".formatted(run, folder)
                : "stopping the private server; %s ends with it".formatted(run);
    }

    static Optional<Path> binary(Conventions conventions) {
        Surroundings surroundings = conventions.surroundings();
        // Only looked for: the night on which this is needed is no night for downloads.
        return new TemporalBinary(surroundings.home(), surroundings.environment(), conventions.terminal()::say).find();
    }

    private static void introduce(Terminal terminal, Path folder, StandaloneRecord record) {
        if (record.durable()) {
            terminal.say("standalone in %s; if this command dies: lifeboat resume %s".formatted(folder, folder));
        } else {
            terminal.say("standalone in %s, without Temporal's own program: there is none on PATH or in .tools"
                    .formatted(folder));
            terminal.say(
                    "A stand-in in memory is used instead: if this command, it or the worker dies, the run is over.");
        }
    }

    private static void refuseWithoutMemory(StandaloneRecord record, Path folder, Optional<Path> binary) {
        if (!record.durable()) {
            throw CommandException.usage(
                    "the run in '%s' was kept in memory only and ended with its command".formatted(folder),
                    "Start it again%s."
                            .formatted(record.run()
                                    .map(" with --standalone --take-over %s"::formatted)
                                    .orElse("")));
        }
        if (binary.isEmpty()) {
            throw CommandException.unreachable(
                    "Temporal's program, which knows the run in '%s', is not on this machine any more"
                            .formatted(folder),
                    "Put 'temporal' on PATH (https://docs.temporal.io/cli), and type the same again.");
        }
    }
}
