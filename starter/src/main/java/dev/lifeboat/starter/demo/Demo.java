package dev.lifeboat.starter.demo;

import dev.lifeboat.starter.demo.DemoDatabase.Fingerprint;
import dev.lifeboat.starter.local.ThrowAwayPostgres;
import dev.lifeboat.starter.local.WorkerProcess;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The main job on real parts: a backup whose worker is killed half-way, finished all the same and kept in two places; a
 * bit that flips in one of them and is found; a restore from the other by bare tools; a backup that was due while
 * Temporal was gone.
 */
public final class Demo {

    private static final String COPY = "orders_restored";

    private final Path home;
    private final DemoFolder folder;
    private final Map<String, String> environment;
    private final Terminal terminal;
    private final ToIntFunction<List<String>> lifeboat;

    /**
     * A demo that works below {@code folder}.
     *
     * @param home Lifeboat's own folder
     * @param lifeboat runs one command line and returns its exit code
     */
    public Demo(
            Path home,
            Path folder,
            Map<String, String> environment,
            Terminal terminal,
            ToIntFunction<List<String>> lifeboat) {
        this.home = home;
        this.folder = new DemoFolder(folder);
        this.environment = environment;
        this.terminal = terminal;
        this.lifeboat = lifeboat;
    }

    /**
     * Plays it, and returns the exit code.
     *
     * @param keep whether the servers go on afterwards
     * @param pause what happens before the servers are stopped
     */
    public ExitCode play(boolean keep, Runnable pause) {
        try (Stage stage = new Stage(home, folder.path(), environment, terminal)) {
            title(1, "A throw-away PostgreSQL with a small shop in it");
            ThrowAwayPostgres server = stage.postgres();
            DemoDatabase database = new DemoDatabase(server);
            database.fill();
            List<Fingerprint> originals = database.fingerprints(DemoDatabase.NAME);
            originals.forEach(it -> terminal.say("  %-10s %,9d rows".formatted(it.table(), it.rows())));

            title(2, "Temporal, and a worker");
            Stage.TemporalPlace temporal = stage.temporal();
            Path configuration = folder.configure(server, temporal.address());
            WorkerProcess worker = stage.worker(configuration);
            terminal.say("  Temporal listens on %s%s"
                    .formatted(
                            temporal.address(),
                            temporal.page().map(it -> "; its page: " + it).orElse("")));

            title(3, "A backup whose worker is killed half-way");
            Duration backedUp = backUp(configuration, worker, temporal);
            int reads = reads(server);
            terminal.say("  the server was asked for %d tables, once each: the dump was read once".formatted(reads));

            title(4, "One bit flips in the first repository");
            notice(configuration);

            title(5, "The same backup from the second one, by bare tools alone");
            Restored restored = restore(configuration, server, database, originals);

            title(6, "Backups by a schedule, and a minute when Temporal is gone");
            String scheduled = schedule(configuration, temporal);

            terminal.say("");
            summary(backedUp, restored, scheduled, temporal).forEach(terminal::print);
            if (keep) {
                stage.keep();
                tellHowToStop(configuration, server, worker, temporal);
            } else {
                pause.run();
            }
            return restored.verdict();
        }
    }

    // The kill comes when the dump lies in the repository and nothing is committed: the worst moment to lose a worker.
    private Duration backUp(Path configuration, WorkerProcess worker, Stage.TemporalPlace temporal) {
        long start = System.nanoTime();
        CompletableFuture<Void> killed = CompletableFuture.completedFuture(null);
        AtomicBoolean over = new AtomicBoolean();
        if (temporal.page().isPresent()) {
            killed = CompletableFuture.runAsync(() -> killOnceSealed(worker, over));
        } else {
            terminal.say("  (without the kill: the stand-in cannot hand a dead worker's run to another one)");
        }
        try {
            command(configuration, "backup", "orders", "--tag", "demo", "--note", "made by lifeboat demo");
        } finally {
            // Before anything else is stopped: it may be starting a worker at this moment.
            over.set(true);
            killed.join();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void killOnceSealed(WorkerProcess worker, AtomicBoolean over) {
        while (folder.found(DemoFolder.MAIN, "databases", "attempt.json").isEmpty()) {
            if (over.get()) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        long pid = worker.pid();
        worker.kill();
        boolean committed =
                !folder.found(DemoFolder.MAIN, "databases", "manifest.json").isEmpty();
        terminal.say("  >> kill -9 %d: the worker is gone; the dump is stored, %s"
                .formatted(pid, committed ? "and was committed just before" : "nothing is committed"));
        worker.restart();
        worker.awaitReady();
        terminal.say("  >> a new worker, process %d: Temporal gives it the step once the dead one was silent for 30 s"
                .formatted(worker.pid()));
    }

    // Every read of a table by pg_dump is one COPY in the server's log.
    private static int reads(ThrowAwayPostgres server) {
        try (Stream<String> log = Files.lines(server.log())) {
            List<String> copies = log.filter(line -> line.contains("statement: COPY public."))
                    .map(line -> line.substring(line.indexOf("COPY public.")))
                    .toList();
            if (copies.size() != copies.stream().distinct().count()) {
                throw new CommandException(
                        ExitCode.BAD, "a table was read twice", "This is a bug; please report it with the log.");
            }
            return copies.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // What was stored is never believed: each repository is read to its end, and the damaged one is told by name.
    private void notice(Path configuration) {
        command(configuration, "copies");
        Path dump = folder.dump(DemoFolder.MAIN);
        long where = folder.flipABit(dump);
        terminal.say("  >> byte %,d of %s has another bit now".formatted(where, dump.getFileName()));
        expect(ExitCode.BAD, configuration, "verify", backup(), "--repository", DemoFolder.MAIN);
        command(configuration, "verify", backup(), "--repository", DemoFolder.FAR);
    }

    private Restored restore(
            Path configuration, ThrowAwayPostgres server, DemoDatabase database, List<Fingerprint> originals) {
        Path kit = folder.path().resolve("kit");
        command(configuration, "kit", backup(), "--repository", DemoFolder.FAR, "--to", kit.toString());
        BareRestore bare = new BareRestore(environment, terminal::say);
        List<String> missing = bare.missing();
        if (!missing.isEmpty()) {
            terminal.say("  not restored: this machine has no " + String.join(", ", missing));
            terminal.say("  install them and follow " + kit.resolve("RESTORE.md"));
            return new Restored(ExitCode.INCONCLUSIVE, Duration.ZERO, "not tried: no " + String.join(", ", missing));
        }
        terminal.say("  following %s, every command as it stands there:".formatted(kit.resolve("RESTORE.md")));
        long start = System.nanoTime();
        bare.follow(kit, folder.key(), server, COPY);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (!database.fingerprints(COPY).equals(originals)) {
            return new Restored(ExitCode.BAD, took, "the copy differs from the original");
        }
        return new Restored(ExitCode.GOOD, took, "every row of every table is equal");
    }

    private String schedule(Path configuration, Stage.TemporalPlace temporal) {
        if (temporal.server().isEmpty()) {
            terminal.say("  (not shown: the stand-in knows no schedules)");
            return "not tried: no Temporal of its own";
        }
        return new DemoSchedule(folder, terminal, words -> command(configuration, words.toArray(String[]::new)))
                .play(temporal.server().get());
    }

    private String backup() {
        Path manifest =
                folder.found(DemoFolder.MAIN, "databases", "manifest.json").getFirst();
        return Objects.requireNonNull(manifest.getParent(), "it lies in its backup's folder")
                .getFileName()
                .toString();
    }

    private List<String> summary(Duration backedUp, Restored restored, String scheduled, Stage.TemporalPlace temporal) {
        List<String> lines = new ArrayList<>(new Table("RUNBOOK", "OUTCOME", "TIME", "WHAT WAS SEEN")
                .row(
                        "BackUpDatabase",
                        "COMMITTED",
                        seconds(backedUp),
                        temporal.page().isPresent()
                                ? "worker killed once, dump read once, two copies"
                                : "dump read once, two copies")
                .row("verify", "FAIL, PASS", "", "the flipped bit in the one, nothing wrong in the other")
                .row("restore by bare tools", restored.word(), seconds(restored.took()), restored.seen())
                .row("RunOnSchedule", temporal.server().isPresent() ? "COMMITTED" : "", "", scheduled)
                .lines());
        lines.add("");
        folder.found(DemoFolder.MAIN, "reports", "report.html").forEach(report -> lines.add("report    " + report));
        temporal.page().ifPresent(page -> lines.add("Temporal  %s (while it runs)".formatted(page)));
        lines.add("folder    " + folder.path());
        return lines;
    }

    private void tellHowToStop(
            Path configuration, ThrowAwayPostgres server, WorkerProcess worker, Stage.TemporalPlace temporal) {
        terminal.say("everything goes on; to use it: export LIFEBOAT_CONFIG=" + configuration);
        terminal.say("to stop it (worker, Temporal, PostgreSQL): kill %d %d %d"
                .formatted(worker.pid(), temporal.pid(), server.pid()));
    }

    private void command(Path configuration, String... words) {
        expect(ExitCode.GOOD, configuration, words);
    }

    private void expect(ExitCode end, Path configuration, String... words) {
        terminal.say("$ lifeboat "
                + Stream.of(words)
                        .map(word -> word.contains(" ") ? '"' + word + '"' : word)
                        .collect(Collectors.joining(" ")));
        List<String> line = new ArrayList<>(List.of("--config", configuration.toString()));
        line.addAll(List.of(words));
        int code = lifeboat.applyAsInt(line);
        if (code != end.number()) {
            throw new CommandException(
                    ExitCode.BAD,
                    "'lifeboat %s' ended with exit code %d".formatted(String.join(" ", words), code),
                    "The worker's log is '%s'.".formatted(folder.path().resolve("worker.log")));
        }
    }

    private void title(int number, String words) {
        terminal.say("");
        terminal.say("%d/6  %s".formatted(number, words));
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    /** What came of the restore by bare tools. */
    private record Restored(ExitCode verdict, Duration took, String seen) {

        String word() {
            return switch (verdict) {
                case GOOD -> "PASS";
                case INCONCLUSIVE -> "INCONCLUSIVE";
                default -> "FAIL";
            };
        }
    }
}
