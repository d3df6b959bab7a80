package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat runs}. */
@Command(
        name = "runs",
        description = {
            "Lists runs, newest first: those that Temporal remembers, and those of which a report tells.",
            "Without Temporal, the repositories tell alone."
        },
        footer = {"", "Example:", "  lifeboat runs --limit 10"})
final class RunsVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 30 if not given.")
    private int limit = 30;

    @Option(names = "--repository", paramLabel = "NAME", description = "Look for reports in this one; else in all.")
    private Optional<String> repository = Optional.empty();

    RunsVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > 1000) {
            throw CommandException.usage(
                    "--limit %d is not between 1 and 1000".formatted(limit), "Leave it out for 30.");
        }
        Settings settings = conventions.settings();
        Collection<RepositorySettings> repositories = repository
                .<Collection<RepositorySettings>>map(it -> List.of(settings.repository(it)))
                .orElse(settings.repositories().values());
        List<CommandException> troubles = new ArrayList<>();
        List<ListedRun> runs = new ArrayList<>(ofTemporal(settings, troubles));
        Set<String> known = runs.stream().map(ListedRun::label).collect(Collectors.toSet());
        StoredRuns stored = StoredRuns.in(repositories, known, limit, Instant.now());
        runs.addAll(stored.runs());
        if (!troubles.isEmpty() && stored.unreadable().size() == repositories.size()) {
            throw troubles.getFirst(); // nobody told anything
        }
        troubles.addAll(stored.unreadable());
        runs.sort(Comparator.comparing(ListedRun::started).reversed());
        List<ListedRun> shown = runs.subList(0, Math.min(limit, runs.size()));
        conventions.print(document(shown), shown.isEmpty() ? List.of("no runs yet") : lines(shown));
        troubles.forEach(this::complain);
        return ExitCode.GOOD.number();
    }

    private List<ListedRun> ofTemporal(Settings settings, List<CommandException> troubles) {
        try (TemporalConnection temporal = conventions.connect(settings)) {
            return new Runs(temporal.client())
                    .list(limit).stream().map(ListedRun::ofTemporal).toList();
        } catch (CommandException e) {
            troubles.add(e);
            return List.of();
        }
    }

    private void complain(CommandException trouble) {
        Terminal terminal = conventions.terminal();
        terminal.say(terminal.paint(Colour.CAREFUL, "not everything: ") + Terminal.clean(trouble.problem()));
        terminal.say("hint: " + Terminal.clean(trouble.hint()));
    }

    private static List<String> lines(List<ListedRun> runs) {
        Table table = new Table("RUN", "STATE", "STARTED", "TIME");
        for (ListedRun run : runs) {
            table.row(run.label(), run.state(), Words.time(run.started()), took(run));
        }
        return table.lines();
    }

    private static String took(ListedRun run) {
        boolean nobodyKnows =
                run.ended().isEmpty() && !run.document().path("source").asText().equals("temporal");
        return nobodyKnows
                ? "-"
                : Words.duration(Duration.between(run.started(), run.ended().orElseGet(Instant::now)));
    }

    private static ObjectNode document(List<ListedRun> runs) {
        ObjectNode document = Json.object();
        ArrayNode list = document.putArray("runs");
        runs.stream().map(ListedRun::document).forEach(list::add);
        return document;
    }
}
