package dev.lifeboat.starter;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.starter.terminal.CommandException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which any verb that starts a run does so without the Temporal of {@code lifeboat.yml}. */
final class StandaloneOptions {

    @Option(
            names = "--standalone",
            description = "Without Temporal and workers: on a private server and worker, which end with the run.")
    private boolean standalone;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            description = "With --standalone: where its state is kept; else below worker.state.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "With --standalone: what this machine is called in lifeboat.yml.")
    private Optional<String> host = Optional.empty();

    boolean wanted() {
        return standalone;
    }

    /**
     * Where the run of {@code right} goes; a private server and worker run when this returns.
     *
     * @param own whether it must not go on with a run that an earlier command has left behind
     */
    RunPlace open(Conventions conventions, Settings settings, String right, boolean own) {
        if (standalone) {
            return Standalone.goOnOrBegin(conventions, settings, right, new Standalone.Wishes(folder, host, own));
        }
        if (folder.isPresent() || host.isPresent()) {
            throw CommandException.usage(
                    "--dir and --host belong to --standalone", "Add --standalone, or leave them out.");
        }
        return RunPlace.ofSettings(conventions, settings);
    }
}
