package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.SettingsFile;
import dev.lifeboat.configuration.TemporalSettings;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.connection.Silence;
import dev.lifeboat.workflows.connection.TemporalConnection;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every verb understands, before or after its name, and how it reaches what it needs. One for all verbs. */
final class Conventions {

    private static final Duration TEMPORAL_PATIENCE = Duration.ofSeconds(5);

    private final Surroundings surroundings;

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The configuration; else LIFEBOAT_CONFIG, ./lifeboat.yml, /etc/lifeboat/lifeboat.yml.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document (docs/json.md), and nothing else, on standard output.")
    private boolean json;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show more: every table of a verification, and where in Lifeboat an error comes from.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli itself looks at it
    private boolean help;

    Conventions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Terminal terminal() {
        return surroundings.terminal();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    Path settingsFile() {
        return SettingsFile.find(config, surroundings.environment(), surroundings.folder());
    }

    Settings settings() {
        return Settings.load(settingsFile());
    }

    /** The settings that --config names, else those of {@code otherwise}. */
    Settings settingsOr(Path otherwise) {
        return config.isPresent() ? settings() : Settings.load(otherwise);
    }

    /** A connection to Temporal that answered a moment ago. */
    TemporalConnection connect(Settings settings) {
        TemporalSettings wanted = settings.temporal();
        TemporalConnection connection;
        try {
            connection = TemporalConnection.to(wanted.address(), wanted.namespace(), wanted.profile());
        } catch (UncheckedIOException e) {
            throw CommandException.usage(
                    "Temporal's own configuration cannot be read: " + e.getMessage(),
                    "Mend it, or take 'profile' out of lifeboat.yml.");
        }
        Optional<Silence> silence = connection.silence(TEMPORAL_PATIENCE);
        if (silence.isEmpty()) {
            return connection;
        }
        connection.close();
        throw CommandException.unreachable(
                silence.get().problem(), silence.get().hint());
    }

    /** The result: the document for a program, the lines for a person. */
    void print(ObjectNode document, List<String> lines) {
        if (json) {
            terminal().print(Json.text(document));
        } else {
            lines.forEach(terminal()::print);
        }
    }
}
