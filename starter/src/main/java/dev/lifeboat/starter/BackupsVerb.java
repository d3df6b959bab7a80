package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.RepositorySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lifeboat backups}. */
@Command(
        name = "backups",
        description = "Lists the backups in the repositories. Needs neither Temporal nor a worker.",
        footer = {"", "Examples:", "  lifeboat backups orders", "  lifeboat backups show orders-20261121T020000Z-k3x9"})
final class BackupsVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(arity = "0..1", paramLabel = "DATABASE", description = "Only this database's.")
    private Optional<String> database = Optional.empty();

    BackupsVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        database.ifPresent(BackupsVerb::check);
        Map<String, Inventory> inventories = new LinkedHashMap<>();
        Map<String, CommandException> unreachable = new LinkedHashMap<>();
        for (RepositorySettings repository : settings.repositories().values()) {
            try {
                inventories.put(repository.name(), Places.open(repository).inventory(database));
            } catch (CommandException e) {
                unreachable.put(repository.name(), e);
            } catch (StoreException e) {
                unreachable.put(repository.name(), Places.unreadable(repository.name(), e));
            }
        }
        conventions.print(document(inventories, unreachable), lines(inventories));
        complain(inventories, unreachable);
        boolean damaged =
                inventories.values().stream().anyMatch(it -> !it.damaged().isEmpty());
        ExitCode ifReached = damaged ? ExitCode.BAD : ExitCode.GOOD;
        return unreachable.values().stream()
                .map(CommandException::exitCode)
                .max(Comparator.naturalOrder())
                .orElse(ifReached)
                .number();
    }

    // Not the configuration's list: a database that was taken out of it still has its backups.
    private static void check(String name) {
        try {
            BackupId.checkDatabase(name);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    Terminal.clean(String.valueOf(e.getMessage())), "Names are those of lifeboat.yml.");
        }
    }

    private static List<String> lines(Map<String, Inventory> inventories) {
        Table table = new Table("BACKUP", "TAG", "TAKEN", "DUMP", "STORED", "ROWS", "KEPT", "REPOSITORY");
        inventories.forEach((repository, inventory) -> inventory.entries().forEach(entry -> {
            Manifest manifest = entry.manifest();
            table.row(
                    entry.backup().value(),
                    kind(manifest),
                    Words.time(manifest.snapshot().time()),
                    Words.bytes(manifest.plainBytes()),
                    Words.bytes(manifest.storedBytes()),
                    Words.count(rows(manifest)),
                    kept(manifest),
                    repository);
        }));
        List<String> lines = table.lines();
        if (lines.size() > 1) {
            return lines;
        }
        // A repository that was not reached may be full of them.
        return inventories.isEmpty() ? List.of() : List.of("no backups");
    }

    /** Rows of the tables that were counted. */
    static long rows(Manifest manifest) {
        return manifest.tables().stream().mapToLong(it -> it.rows().orElse(0)).sum();
    }

    /** What it was made for: its tag, or all the rhythms that it serves. */
    private static String kind(Manifest manifest) {
        return manifest.tiers().isEmpty() ? manifest.tag().orElse("-") : String.join(" ", manifest.tiers());
    }

    private static String kept(Manifest manifest) {
        String kept = Stream.of(
                        manifest.hold().map(hold -> "held: " + hold),
                        manifest.keepUntil().map(until -> "until " + Words.time(until)),
                        manifest.note())
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return kept.isEmpty() ? "-" : kept;
    }

    private void complain(Map<String, Inventory> inventories, Map<String, CommandException> unreachable) {
        Terminal terminal = conventions.terminal();
        inventories.forEach((repository, inventory) -> {
            inventory
                    .damaged()
                    .forEach(damaged -> terminal.say(terminal.paint(Colour.BAD, "damaged: ")
                            + Terminal.clean("'%s' in '%s': %s".formatted(damaged.key(), repository, damaged.why()))));
            if (!inventory.uncommitted().isEmpty()) {
                terminal.say("not committed, so no backups: "
                        + inventory.uncommitted().stream().map(BackupId::value).collect(Collectors.joining(", ")));
            }
        });
        unreachable.values().forEach(e -> {
            terminal.say(terminal.paint(Colour.BAD, "lifeboat: ") + Terminal.clean(e.problem()));
            terminal.say("hint: " + Terminal.clean(e.hint()));
        });
    }

    private static ObjectNode document(Map<String, Inventory> inventories, Map<String, CommandException> unreachable) {
        ObjectNode document = Json.object();
        ArrayNode backups = document.putArray("backups");
        ArrayNode damaged = document.putArray("damaged");
        ArrayNode uncommitted = document.putArray("uncommitted");
        ArrayNode missing = document.putArray("unreachable");
        inventories.forEach((repository, inventory) -> {
            inventory.entries().forEach(it -> backups.add(BackupJson.line(repository, it.manifest())));
            inventory
                    .damaged()
                    .forEach(it -> damaged.addObject()
                            .put("repository", repository)
                            .put("key", it.key().value())
                            .put("why", it.why()));
            inventory
                    .uncommitted()
                    .forEach(it -> uncommitted
                            .addObject()
                            .put("repository", repository)
                            .put("backup", it.value()));
        });
        unreachable.forEach((repository, e) -> missing.addObject()
                .put("repository", repository)
                .put("problem", e.problem())
                .put("hint", e.hint()));
        return document;
    }
}
