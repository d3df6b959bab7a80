package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.CommandException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat demo}. */
@Command(
        name = "demo",
        description = {
            "Shows Lifeboat at work on a real PostgreSQL of its own: a backup whose worker is killed half-way,",
            "finished all the same, and restored with bare tools. Leaves nothing but its folder."
        },
        footer = {"", "Example:", "  lifeboat demo --yes"})
final class DemoVerb implements Callable<Integer> {

    private final Conventions conventions;

    @Option(names = "--yes", description = "Ask nothing.")
    private boolean yes;

    @Option(names = "--keep", description = "Leave everything running at the end, and say how to stop it.")
    private boolean keep;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where it works; a new folder below /tmp if not given.")
    private Optional<Path> folder = Optional.empty();

    DemoVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        throw CommandException.usage(
                "the demo is not there yet (yes %s, keep %s, folder %s, terminal %s)"
                        .formatted(yes, keep, folder, conventions.terminal().shape()),
                "");
    }
}
