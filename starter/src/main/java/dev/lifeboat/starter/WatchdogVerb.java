package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.starter.local.WorkerProcess;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat watchdog}. */
@Command(
        name = "watchdog",
        description = {
            "Says whether every database has a young backup in each of its repositories; for another machine's cron.",
            "Needs the right to read repositories, and neither Temporal nor a worker nor the age key.",
            "All good ends with 0, FAIL with 1, INCONCLUSIVE with 3; what is not good is told by the channels of 'notify'."
        },
        footer = {
            "",
            "Examples:",
            "  lifeboat watchdog --max-age 26h",
            "  lifeboat watchdog --database orders --max-age 2h --ping env:WATCHDOG_URL"
        })
final class WatchdogVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            converter = Age.class,
            description = "So old the newest backup may be: 90m, 26h, 8d; ${DEFAULT-VALUE} if not given.",
            defaultValue = "26h")
    private Duration maxAge = Duration.ZERO;

    @Option(names = "--database", paramLabel = "NAME", description = "Of lifeboat.yml; all if not given. Repeatable.")
    private List<String> databases = List.of();

    @Option(
            names = "--ping",
            paramLabel = "URL",
            description =
                    "A dead-man address that is called only when all is good; or env:NAME or file:PATH of what holds it.")
    private Optional<String> ping = Optional.empty();

    @Option(names = "--no-alarm", description = "Only print: tell nobody by the channels of lifeboat.yml.")
    private boolean quiet;

    WatchdogVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        databases.forEach(settings::database);
        Optional<URI> address = ping.map(it -> Ping.address(it, settings.file()));
        List<String> watched =
                databases.isEmpty() ? List.copyOf(settings.databases().keySet()) : databases;
        if (watched.isEmpty()) {
            throw new CommandException(
                    ExitCode.INCONCLUSIVE,
                    "'%s' names no database, so nothing is watched".formatted(settings.file()),
                    "Write the databases and their repositories into it, as in lifeboat.example.yml.");
        }
        return tell(settings, Watched.look(settings, watched, maxAge, Instant.now()), address);
    }

    private int tell(Settings settings, Watched seen, Optional<URI> address) {
        boolean good = seen.verdict() == Verdict.PASS || seen.verdict() == Verdict.WARN;
        Optional<String> unheard = good ? address.flatMap(Ping::send) : Optional.empty();
        unheard.ifPresent(why -> conventions.terminal().say("the address of --ping was not reached: " + why));
        ObjectNode document = seen.document(maxAge, good && address.isPresent() && unheard.isEmpty());
        conventions.print(document, seen.lines(conventions.terminal()));
        if (!quiet && !settings.notifications().channels().isEmpty()) {
            alarm(settings, seen, document);
        }
        return exitCode(seen.verdict(), unheard.isPresent()).number();
    }

    /** Tells what was not told yet, and remembers only what somebody has heard: else the next call tells it again. */
    private void alarm(Settings settings, Watched seen, ObjectNode document) {
        Instant now = Instant.now();
        Map<String, AlarmMemory.Word> words = new LinkedHashMap<>();
        ArrayNode tell = document.putArray("tell");
        seen.verdicts()
                .forEach((database, verdict) -> memory(settings, database, now)
                        .about(verdict, seen.troubles(database))
                        .ifPresent(word -> {
                            words.put(database, word);
                            add(tell.addObject(), database, word);
                        }));
        if (words.isEmpty()) {
            return;
        }
        AlarmProcess.Answer answer = process(settings).tell(Json.text(document));
        answer.reasons(words.keySet()).forEach(this::say);
        words.forEach((database, word) -> memory(settings, database, now)
                .remember(word, answer.of(database))
                .ifPresent(why -> say("what was told cannot be remembered, and is told each time: " + why)));
    }

    private AlarmMemory memory(Settings settings, String database, Instant now) {
        return new AlarmMemory(
                settings.worker().state(),
                new AlarmMemory.Watch(settings.file(), database, maxAge),
                settings.notifications().channels().keySet(),
                now.atZone(ZoneId.systemDefault()));
    }

    private static void add(ObjectNode tell, String database, AlarmMemory.Word word) {
        tell.put("database", database)
                .put("kind", word.kind().name())
                .put("since", word.since().toString())
                .put("worst", word.worst().name())
                .put("again", word.again());
        AlarmMemory.put(tell, "channels", word.channels());
    }

    private void say(String line) {
        conventions.terminal().say(Terminal.clean(line));
    }

    private AlarmProcess process(Settings settings) {
        return new AlarmProcess(WorkerProcess.command(
                conventions.surroundings().home(),
                List.of("alarm", "--config", settings.file().toString())));
    }

    private static ExitCode exitCode(Verdict verdict, boolean unheard) {
        return switch (verdict) {
            case PASS, WARN -> unheard ? ExitCode.INCONCLUSIVE : ExitCode.GOOD;
            case FAIL -> ExitCode.BAD;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    }
}
