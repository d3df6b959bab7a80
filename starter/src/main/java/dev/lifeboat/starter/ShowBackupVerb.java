package dev.lifeboat.starter;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Table;
import dev.lifeboat.starter.terminal.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lifeboat backups show}. */
@Command(
        name = "show",
        description = "Shows one backup with its tables and objects. Needs neither Temporal nor a worker.",
        footer = {"", "Example:", "  lifeboat backups show orders-20261121T020000Z-k3x9"})
final class ShowBackupVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "BACKUP", description = "The backup's id.")
    private String backup = "";

    ShowBackupVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Places.Found found = new Places(conventions.settings()).backup(backup);
        Manifest manifest = found.manifest();
        List<String> lines = new ArrayList<>(facts(found.repository(), manifest).lines());
        lines.add("");
        lines.addAll(tables(manifest).lines());
        conventions.print(BackupJson.whole(found.repository(), manifest), lines);
        return ExitCode.GOOD.number();
    }

    private static Table facts(String repository, Manifest manifest) {
        Table table = Table.ofFacts()
                .row("backup", manifest.backup().value())
                .row("repository", repository)
                .row("run", manifest.run())
                .row("taken", Words.time(manifest.snapshot().time()))
                .row("time", Words.duration(Duration.between(manifest.begin(), manifest.end())))
                .row("server", "PostgreSQL " + manifest.source().serverVersion())
                .row(
                        "engine",
                        manifest.engine().name() + " " + manifest.engine().version())
                .row("dump", Words.bytes(manifest.plainBytes()))
                .row(
                        "stored",
                        "%s (%s smaller)"
                                .formatted(
                                        Words.bytes(manifest.storedBytes()),
                                        Words.ratio(manifest.plainBytes(), manifest.storedBytes())))
                .row("recipients", String.join(", ", manifest.recipients()));
        manifest.tag().ifPresent(tag -> table.row("tag", tag));
        manifest.nominal().ifPresent(point -> table.row("scheduled for", Words.time(point)));
        if (!manifest.tiers().isEmpty()) {
            table.row("tiers", String.join(", ", manifest.tiers()));
        }
        manifest.hold().ifPresent(hold -> table.row("held", hold));
        manifest.keepUntil().ifPresent(until -> table.row("kept until", Words.time(until)));
        manifest.note().ifPresent(note -> table.row("note", note));
        manifest.operator().ifPresent(operator -> table.row("operator", operator));
        manifest.objects().forEach(object -> table.row("object", object.key().value()));
        manifest.warnings().forEach(warning -> table.row("warning", warning));
        return table;
    }

    private static Table tables(Manifest manifest) {
        Table table = new Table("TABLE", "ROWS");
        for (TableCount count : manifest.tables()) {
            String rows = count.rows().isPresent() ? Words.count(count.rows().getAsLong()) : "- (" + count.note() + ")";
            table.row(count.schema() + "." + count.name(), rows);
        }
        return table;
    }
}
