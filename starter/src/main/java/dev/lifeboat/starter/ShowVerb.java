package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.connection.TemporalConnection;
import dev.lifeboat.workflows.model.RunName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lifeboat show}. */
@Command(
        name = "show",
        description = {
            "Shows a run and its steps, as far as it went.",
            "A run that Temporal has forgotten is shown from the report it left in its repository; also without Temporal."
        },
        footer = {"", "Example:", "  lifeboat show backup-orders-20261121T031500Z-k3x9"})
final class ShowVerb implements Callable<Integer> {

    private static final int NEWEST = 200;

    private final Conventions conventions;

    @Parameters(paramLabel = "RUN", description = "A run's name, or a right such as backup/orders for its newest run.")
    private String run = "";

    @Option(names = "--repository", paramLabel = "NAME", description = "Look for a report in this one; else in all.")
    private Optional<String> repository = Optional.empty();

    ShowVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        try (TemporalConnection temporal = conventions.connect(settings)) {
            Runs runs = new Runs(temporal.client());
            Ending ending = new Ending(conventions, temporal, StoredDocuments.documentsOf(settings));
            return ending.tellWithSteps(runs.read(runs.find(run)));
        } catch (CommandException e) {
            return fromReport(settings).orElseThrow(() -> e);
        }
    }

    private Optional<Integer> fromReport(Settings settings) {
        Collection<RepositorySettings> repositories = repository
                .<Collection<RepositorySettings>>map(it -> List.of(settings.repository(it)))
                .orElse(settings.repositories().values());
        if (RunName.looksLike(run)) {
            return fromReport(repositories, new RunName(run));
        }
        // A right means its newest run, as far as anybody still knows of one.
        return StoredRuns.in(repositories, Set.of(), NEWEST, Instant.now()).runs().stream()
                .filter(it -> it.document().path("right").asText().equals(run))
                .max(Comparator.comparing(ListedRun::started))
                .flatMap(it -> fromReport(repositories, new RunName(it.label())));
    }

    private Optional<Integer> fromReport(Collection<RepositorySettings> repositories, RunName name) {
        return StoredReport.find(repositories, name)
                .map(this::tell)
                .or(() -> StoredRuns.in(repositories, Set.of(), NEWEST, Instant.now()).runs().stream()
                        .filter(it -> it.label().equals(name.value()))
                        .findFirst()
                        .map(this::tellSilence));
    }

    private int tellSilence(ListedRun silent) {
        conventions.print(silent.document(), List.of("%s: %s".formatted(silent.label(), silent.state())));
        return ExitCode.BAD.number();
    }

    private int tell(StoredReport report) {
        conventions
                .terminal()
                .say("not from Temporal; this is the report in repository '%s'".formatted(report.repository()));
        ObjectNode document = Json.object()
                .put("repository", report.repository())
                .put("key", report.key().value());
        document.set("report", report.content());
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s".formatted(text(report.content(), "run"), text(report.content(), "outcome")));
        if (report.content().path("problem").isTextual()) {
            lines.add("  " + text(report.content(), "problem"));
        }
        for (JsonNode step : report.content().path("steps")) {
            lines.add("  %-8s %s".formatted(text(step, "status"), text(step, "title")));
        }
        conventions.print(document, lines);
        return (report.content().path("problem").isTextual() ? ExitCode.BAD : ExitCode.GOOD).number();
    }

    private static String text(JsonNode node, String field) {
        return Terminal.clean(node.path(field).asText(""));
    }
}
