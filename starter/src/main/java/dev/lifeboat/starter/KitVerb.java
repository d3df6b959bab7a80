package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.kit.Kit;
import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lifeboat kit}. */
@Command(
        name = "kit",
        description = "Copies a backup with the exact commands that restore it without Lifeboat.",
        footer = {"", "Example:", "  lifeboat kit orders-20261121T020000Z-k3x9 --to /mnt/usb/orders"})
final class KitVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "BACKUP", description = "The backup's id.")
    private String backup = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "A folder that is empty or not there yet.")
    private Path folder = Path.of("");

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            description = "Where it is taken from; else the first repository of the configuration that has the backup.")
    private Optional<String> repository = Optional.empty();

    KitVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        Settings settings = conventions.settings();
        Places places = new Places(settings);
        Places.Found found = repository.map(name -> places.backup(backup, name)).orElseGet(() -> places.backup(backup));
        Path to = conventions.surroundings().resolve(folder);
        Kit.Written written = Kit.write(found.place(), found.manifest().backup(), to);
        ObjectNode document = Json.object()
                .put("backup", found.manifest().backup().value())
                .put("repository", found.repository())
                .put("folder", to.toString())
                .put("storedBytes", written.storedBytes());
        TrustedKeys trusted = trusted(settings);
        String signature = signature(written.signed().judge(trusted));
        document.put("signature", signature);
        ArrayNode files = document.putArray("files");
        written.files().forEach(files::add);
        conventions.print(
                document,
                List.of(
                        "%s in %d files, %s of sealed data, all checked"
                                .formatted(to, written.files().size(), Words.bytes(written.storedBytes())),
                        "the key is not in it; what to type is in " + to.resolve("RESTORE.md")));
        warn(found.manifest().backup(), signature, trusted);
        return ExitCode.GOOD.number();
    }

    /** Nobody when our own key cannot be read: no reason to withhold a kit, which may be the last there is. */
    private TrustedKeys trusted(Settings settings) {
        try {
            return TrustedKeys.of(settings.signing());
        } catch (ConfigurationException e) {
            conventions.terminal().say("careful: " + e.getMessage());
            return TrustedKeys.of(List.of());
        }
    }

    private static String signature(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Good good -> "GOOD";
            case Judgement.Unsigned none -> "UNSIGNED";
            case Judgement.Untrusted other -> "UNTRUSTED";
            case Judgement.Bad bad -> throw new IllegalStateException("a kit was made although " + bad.why());
        };
    }

    private void warn(BackupId id, String signature, TrustedKeys trusted) {
        if (trusted.isEmpty()) {
            conventions
                    .terminal()
                    .say(
                            "careful: nobody is trusted here, so nothing shows who made this backup; see: signing.trusted");
        } else if (!signature.equals("GOOD")) {
            conventions
                    .terminal()
                    .say("careful: this backup is not signed by a key that is trusted here; see: lifeboat verify %s"
                            .formatted(id));
        }
    }
}
