package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.ConfigurationException;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lifeboat init}. */
@Command(
        name = "init",
        description = {
            "Writes lifeboat.yml, an age key and a signing key into this folder. Overwrites nothing.",
            "A password in the URL goes into a file of its own that only you can read."
        },
        footer = {
            "",
            "Example:",
            "  lifeboat init orders --database postgresql://lifeboat@db1:5432/orders --repository /var/backups/lifeboat"
        })
final class InitVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Parameters(paramLabel = "NAME", description = "What the database is called here: a-z 0-9 _ -.")
    private String name = "";

    @Option(
            names = "--database",
            required = true,
            paramLabel = "URL",
            description = "postgresql://USER@HOST:PORT/DATABASE, the server itself and no pooler.")
    private String url = "";

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "URL",
            description = "Where backups go: a folder, or file:/PATH. Not on the database's own disk.")
    private String repository = "";

    InitVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        checkName();
        DatabaseUrl address = DatabaseUrl.parse(url);
        Path store = conventions.surroundings().resolve(repositoryFolder());
        NewFiles files = new NewFiles(conventions.surroundings().folder());
        Path settings = files.path("lifeboat.yml");
        Path key = files.path("lifeboat.key");
        Path signing = files.path("signing.key");
        Path password = files.path(name + ".password");
        files.refuseExisting(
                address.password().isPresent()
                        ? List.of(settings, key, signing, password)
                        : List.of(settings, key, signing));
        AgeIdentity identity = AgeKeys.generate();
        SigningKey signer = SigningKey.generate();
        try {
            files.makeFolder(store);
            files.write(key, identity.text());
            files.write(signing, signer.pem());
            address.password().ifPresent(secret -> files.write(password, secret + "\n"));
            files.write(settings, FirstSettings.text(name, address, store, identity.recipient(), signer.publicKey()));
            Settings.load(settings);
        } catch (ConfigurationException | CommandException e) {
            files.takeBack();
            throw e;
        }
        ObjectNode document = document(settings, key, store, identity)
                .put("signingKey", signing.toString())
                .put("signedBy", signer.publicKey());
        conventions.print(document, lines(settings, key, signing, identity, address));
        return ExitCode.GOOD.number();
    }

    private void checkName() {
        try {
            BackupId.checkDatabase(name);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    Terminal.clean(String.valueOf(e.getMessage())),
                    "Its name on the server stands in the URL and may be any.");
        }
    }

    private Path repositoryFolder() {
        String path = repository.startsWith("file:") ? repository.substring("file:".length()) : repository;
        if (path.matches("[a-z0-9]+:.*")) {
            throw CommandException.usage(
                    "'%s' is not a folder".formatted(Terminal.clean(repository)),
                    "init makes folders only: write file:/PATH here, and a bucket into lifeboat.yml afterwards, as lifeboat.example.yml shows.");
        }
        if (path.isBlank() || path.chars().anyMatch(Character::isISOControl)) {
            throw CommandException.usage("--repository names no folder", "Write file:/PATH.");
        }
        return Path.of(path.startsWith("//") ? path.replaceFirst("^/+", "/") : path);
    }

    private ObjectNode document(Path settings, Path key, Path store, AgeIdentity identity) {
        return Json.object()
                .put("settings", settings.toString())
                .put("key", key.toString())
                .put("recipient", identity.recipient())
                .put("repository", store.toString());
    }

    private List<String> lines(Path settings, Path key, Path signing, AgeIdentity identity, DatabaseUrl address) {
        return Stream.of(
                        "wrote %s".formatted(settings),
                        "wrote %s   the secret key; whoever has it can read every backup".formatted(key),
                        "wrote %s   signs every backup; whoever has it can forge one".formatted(signing),
                        address.password().isPresent() ? "wrote %s   from the URL".formatted(name + ".password") : "",
                        "",
                        "Now, while nothing is lost yet:",
                        "  1. Copy %s to a safe place that is neither this machine nor the repository."
                                .formatted(key.getFileName()),
                        "     Better: make a second key there (age-keygen -o escrow.key) and add its public key to 'recipients'.",
                        "  2. lifeboat up       Temporal and a worker on this machine, for a start",
                        "  3. lifeboat check    tries everything",
                        "  4. lifeboat backup %s".formatted(name),
                        "",
                        "public key: %s".formatted(identity.recipient()))
                .toList();
    }
}
