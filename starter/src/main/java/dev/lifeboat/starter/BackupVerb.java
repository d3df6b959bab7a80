package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.RunAddress;
import dev.lifeboat.starter.run.RunJson;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Tag;
import dev.lifeboat.workflows.model.TakeOver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lifeboat backup}. */
@Command(
        name = "backup",
        description = {
            "Backs up a database, and shows the steps. Ctrl-C leaves the run going.",
            "If one of it is running already, shows that one. With --tag pre-deploy or another tag than that run's,",
            "or with --hold, --note, --keep-until or --to, waits for its end and then makes its own."
        },
        footer = {
            "",
            "Examples:",
            "  lifeboat backup orders",
            "  lifeboat backup orders --tag pre-deploy --note \"before 4.2\"",
            "  lifeboat backup orders --standalone --if-older-than 26h"
        })
final class BackupVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "DATABASE", description = "A database of lifeboat.yml.")
    private String database = "";

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            converter = TagName.class,
            description = "What it is for, such as pre-deploy.")
    private Optional<Tag> tag = Optional.empty();

    @Option(names = "--hold", paramLabel = "REASON", converter = Label.class, description = "Never remove it; say why.")
    private Optional<String> hold = Optional.empty();

    @Option(names = "--note", paramLabel = "TEXT", converter = Label.class, description = "To be read beside it.")
    private Optional<String> note = Optional.empty();

    @Option(
            names = "--keep-until",
            paramLabel = "INSTANT",
            converter = Moment.class,
            description = "Do not remove it before, such as 2026-12-31T00:00:00Z.")
    private Optional<Instant> keepUntil = Optional.empty();

    @Option(names = "--to", paramLabel = "REPOSITORY", description = "Instead of the database's own repository.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--no-wait", description = "Start it, say how to watch it, and end.")
    private boolean noWait;

    @Mixin
    private final StandaloneOptions standalone = new StandaloneOptions();

    @Option(
            names = "--if-older-than",
            paramLabel = "TIME",
            converter = Span.class,
            description = "Only if the newest backup is as old as that, such as 26h; or if nobody can tell.")
    private Optional<Duration> ifOlderThan = Optional.empty();

    @Option(
            names = "--take-over",
            paramLabel = "RUN",
            converter = RunOption.class,
            description = "Set aside that unfinished run, left behind in a Temporal that is lost.")
    private Optional<RunName> takeOver = Optional.empty();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            converter = Label.class,
            description = "With --take-over: why; it is kept.")
    private Optional<String> reason = Optional.empty();

    BackupVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        settings.database(database);
        to.ifPresent(settings::repository);
        refuseThePast();
        refuseWhatDoesNotGoTogether();
        Optional<Freshness.Answer> asked = freshness(settings);
        if (asked.isPresent() && asked.get() instanceof Freshness.Answer.Fresh fresh) {
            return nothingToDo(fresh);
        }
        asked.ifPresent(it -> conventions.terminal().say(Terminal.clean(it.words())));
        // Whoever wants his own must not wait for the end of a run that died.
        boolean own = wantsOwn().isNeededBesideAny();
        try (RunPlace place = standalone.open(conventions, settings, "backup/" + database, own)) {
            BackupStart start = new BackupStart(conventions, place.temporal(), place.ending(), noWait);
            BackupStart.Begun begun = start.startOrJoin(request(), wantsOwn());
            return noWait
                    ? tellHowToWatch(place.temporal(), begun.address())
                    : place.ending().tell(toTheEnd(settings, place, start, begun));
        }
    }

    // What an earlier run has read may be older than what was asked for: then its good end is not enough.
    private RunView toTheEnd(Settings settings, RunPlace place, BackupStart start, BackupStart.Begun begun) {
        BackupStart.Begun now = begun;
        RunView view = place.follow(now.address());
        while (now.joined() && !isStopped(view)) {
            Optional<Freshness.Answer> asked = freshness(settings);
            if (asked.isEmpty() || asked.get() instanceof Freshness.Answer.Fresh) {
                return view;
            }
            conventions
                    .terminal()
                    .say(Terminal.clean("%s has ended, and %s; making another one"
                            .formatted(view.label(), asked.get().words())));
            now = start.startOrJoin(request(), wantsOwn());
            view = place.follow(now.address());
        }
        return view;
    }

    /** Whether somebody wanted it to end. */
    private static boolean isStopped(RunView run) {
        return run.state() == RunView.State.CANCELLED || run.state() == RunView.State.TERMINATED;
    }

    private Optional<Freshness.Answer> freshness(Settings settings) {
        return ifOlderThan.map(limit -> new Freshness(settings, limit, Instant.now())
                .of(database, to.orElse(settings.database(database).backup().home())));
    }

    private int nothingToDo(Freshness.Answer.Fresh fresh) {
        conventions.print(
                Json.object()
                        .put("started", false)
                        .put("backup", fresh.newest().backup().value())
                        .put("taken", fresh.newest().taken().toString())
                        .put("age", fresh.age().toString()),
                List.of(fresh.words() + ": nothing to do"));
        return ExitCode.GOOD.number();
    }

    private void refuseWhatDoesNotGoTogether() {
        if (noWait && standalone.wanted()) {
            throw CommandException.usage(
                    "--standalone ends with its run, so it cannot go without waiting for it", "Leave --no-wait out.");
        }
        if (reason.isPresent() && takeOver.isEmpty()) {
            throw CommandException.usage(
                    "--reason belongs to --take-over", "Use --note for what is kept with a backup.");
        }
    }

    private void refuseThePast() {
        keepUntil.filter(instant -> instant.isBefore(Instant.now())).ifPresent(instant -> {
            throw CommandException.usage(
                    "--keep-until %s is in the past".formatted(instant), "Name an instant to come, or leave it out.");
        });
    }

    private BackupRequest request() {
        BackupRequest plain = new BackupRequest(
                database,
                tag.orElse(Tag.MANUAL),
                hold,
                note,
                keepUntil,
                to,
                conventions.surroundings().operator(),
                // A host's own cron is nobody: trouble is borne, and told, as in any night.
                !noWait && ifOlderThan.isEmpty());
        return takeOver.map(it -> plain.takingOver(new TakeOver(it, reason.orElse("not said"))))
                .orElse(plain);
    }

    /** Whether another run's backup, begun before this request, would not do whatever its tag is. */
    private BackupStart.Own wantsOwn() {
        boolean special =
                hold.isPresent() || note.isPresent() || keepUntil.isPresent() || to.isPresent() || takeOver.isPresent();
        return new BackupStart.Own(special, tag);
    }

    private int tellHowToWatch(TemporalConnection temporal, RunAddress address) {
        RunView view = new Runs(temporal.client()).head(address);
        conventions.print(
                RunJson.whole(view), List.of(view.label(), "watch it: lifeboat watch %s".formatted(view.label())));
        return ExitCode.GOOD.number();
    }
}
