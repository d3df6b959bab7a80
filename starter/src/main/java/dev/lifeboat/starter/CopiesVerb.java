package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.starter.CopyStates.Backup;
import dev.lifeboat.starter.CopyStates.State;
import dev.lifeboat.starter.run.Runs;
import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lifeboat copies}. */
@Command(
        name = "copies",
        description = {
            "Shows which repositories have which backups, and what is missing where.",
            "Needs neither Temporal nor a worker; whether the bytes are right is what 'lifeboat verify' says."
        },
        footer = {
            "",
            "Examples:",
            "  lifeboat copies",
            "  lifeboat copies orders",
            "  lifeboat copies orders-20261121T020000Z-k3x9"
        })
final class CopiesVerb implements Callable<Integer> {

    private static final int MOST_ASKED = 20;

    private final Conventions conventions;

    @Parameters(arity = "0..1", paramLabel = "DATABASE|BACKUP", description = "Only this database's, or only this one.")
    private Optional<String> what = Optional.empty();

    CopiesVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        Optional<BackupId> only = what.flatMap(CopiesVerb::backup);
        Optional<String> database = only.map(BackupId::database).or(() -> what.map(CopiesVerb::database));
        CopyStates states = new CopyStates(settings, database, only);
        List<Backup> backups = states.backups();
        boolean reached = states.unreachable().size() < settings.repositories().size();
        if (reached && backups.isEmpty()) {
            only.ifPresent(CopiesVerb::refuse);
        }
        Map<String, String> runs = runs(settings, backups);
        conventions.print(document(backups, states, runs), lines(settings, backups, runs, reached));
        complain(states, backups);
        boolean complete = backups.stream().allMatch(Backup::isComplete)
                && states.unreachable().isEmpty();
        return (!reached ? ExitCode.UNREACHABLE : complete ? ExitCode.GOOD : ExitCode.BAD).number();
    }

    private static Optional<BackupId> backup(String typed) {
        try {
            return Optional.of(new BackupId(typed));
        } catch (IllegalArgumentException aDatabase) {
            return Optional.empty();
        }
    }

    private static String database(String typed) {
        try {
            return BackupId.checkDatabase(typed);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    Terminal.clean(String.valueOf(e.getMessage())),
                    "Names are those of lifeboat.yml; 'lifeboat backups' lists the ids.");
        }
    }

    private static void refuse(BackupId backup) {
        throw CommandException.usage(
                "there is no backup '%s' in any repository that was reached".formatted(backup),
                "'lifeboat backups %s' lists what there is.".formatted(backup.database()));
    }

    /** The runs that work on what is missing, by their rights; nothing if Temporal does not answer. */
    private Map<String, String> runs(Settings settings, List<Backup> backups) {
        List<String> rights = backups.stream()
                .flatMap(it -> it.wanted().stream()
                        .filter(repository -> it.state(repository) == State.MISSING)
                        .map(repository -> right(it, repository)))
                .limit(MOST_ASKED)
                .toList();
        Map<String, String> runs = new LinkedHashMap<>();
        if (rights.isEmpty()) {
            return runs;
        }
        try (TemporalConnection temporal = conventions.connect(settings)) {
            Runs known = new Runs(temporal.client());
            rights.forEach(right -> known.open(right).ifPresent(run -> runs.put(right, run.right())));
        } catch (CommandException unreachable) {
            // What is stored is known without it.
        }
        return runs;
    }

    private static String right(Backup backup, String repository) {
        return "copy/%s/%s".formatted(backup.id(), repository);
    }

    private static List<String> lines(
            Settings settings, List<Backup> backups, Map<String, String> runs, boolean reached) {
        if (backups.isEmpty()) {
            return reached ? List.of("no backups") : List.of();
        }
        List<String> repositories = List.copyOf(settings.repositories().keySet());
        List<String> headings = new ArrayList<>(List.of("BACKUP", "COPIES", "STATE"));
        headings.addAll(repositories);
        Table table = new Table(headings.toArray(String[]::new));
        backups.forEach(backup -> {
            List<String> cells = new ArrayList<>(List.of(
                    backup.id().value(),
                    "%d of %d".formatted(backup.here(), backup.wanted().size()),
                    backup.isComplete() ? "COMPLETE" : "INCOMPLETE"));
            repositories.forEach(it -> cells.add(cell(backup, it, runs)));
            table.row(cells.toArray(String[]::new));
        });
        return table.lines();
    }

    private static String cell(Backup backup, String repository, Map<String, String> runs) {
        if (!backup.copies().containsKey(repository)) {
            return "-";
        }
        return runs.containsKey(right(backup, repository))
                ? "under way"
                : backup.state(repository).name().toLowerCase(Locale.ROOT);
    }

    private void complain(CopyStates states, List<Backup> backups) {
        Terminal terminal = conventions.terminal();
        backups.forEach(backup -> backup.copies().forEach((repository, copy) -> {
            if (copy.state() == State.DAMAGED) {
                terminal.say(terminal.paint(Colour.BAD, "damaged: ")
                        + Terminal.clean("'%s' in '%s': %s".formatted(backup.id(), repository, copy.why())));
            }
        }));
        if (backups.stream().anyMatch(it -> !it.isComplete())) {
            terminal.say("hint: docs/runbooks/copy-backup.md says how a missing copy is made");
        }
        states.unreachable().values().forEach(e -> {
            terminal.say(terminal.paint(Colour.BAD, "lifeboat: ") + Terminal.clean(e.problem()));
            terminal.say("hint: " + Terminal.clean(e.hint()));
        });
    }

    private static ObjectNode document(List<Backup> backups, CopyStates states, Map<String, String> runs) {
        ObjectNode document = Json.object();
        ArrayNode list = document.putArray("backups");
        backups.forEach(backup -> {
            ObjectNode one = list.addObject()
                    .put("backup", backup.id().value())
                    .put("database", backup.id().database())
                    .put("wanted", backup.wanted().size())
                    .put("here", backup.here())
                    .put("complete", backup.isComplete());
            ArrayNode copies = one.putArray("copies");
            backup.copies()
                    .forEach((repository, copy) -> copies.addObject()
                            .put("repository", repository)
                            .put("wanted", backup.wanted().contains(repository))
                            .put("state", copy.state().name())
                            .put("why", copy.why())
                            .put("run", runs.get(right(backup, repository))));
        });
        ArrayNode unreachable = document.putArray("unreachable");
        states.unreachable()
                .forEach((repository, e) -> unreachable
                        .addObject()
                        .put("repository", repository)
                        .put("problem", e.problem())
                        .put("hint", e.hint()));
        return document;
    }
}
