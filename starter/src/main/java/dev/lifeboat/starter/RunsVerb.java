package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.RunJson;
import dev.lifeboat.starter.run.RunView;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Words;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat runs}. */
@Command(
        name = "runs",
        description = "Lists the runs that Temporal remembers, newest first.",
        footer = {"", "Example:", "  lifeboat runs --limit 10"})
final class RunsVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 30 if not given.")
    private int limit = 30;

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
        try (TemporalConnection temporal = conventions.connect(settings)) {
            List<RunView> runs = new Runs(temporal.client()).list(limit);
            conventions.print(document(runs), runs.isEmpty() ? List.of("no runs yet") : lines(runs));
        }
        return ExitCode.GOOD.number();
    }

    private static List<String> lines(List<RunView> runs) {
        Table table = new Table("RUN", "STATE", "STARTED", "TIME");
        for (RunView run : runs) {
            String state = run.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            table.row(
                    run.label(),
                    run.waiting().isEmpty() ? state : "waiting for " + run.waiting(),
                    Words.time(run.started()),
                    Words.duration(run.took(Instant.now())));
        }
        return table.lines();
    }

    private static ObjectNode document(List<RunView> runs) {
        ObjectNode document = Json.object();
        ArrayNode list = document.putArray("runs");
        runs.stream().map(RunJson::line).forEach(list::add);
        return document;
    }
}
