package dev.lifeboat.starter;

import dev.lifeboat.starter.demo.Demo;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lifeboat demo}. */
@Command(
        name = "demo",
        description = {
            "Shows Lifeboat at work: a backup whose worker is killed, finished, and restored with bare tools.",
            "Brings a PostgreSQL of its own. Leaves nothing but its folder."
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
        Surroundings surroundings = conventions.surroundings();
        Terminal terminal = conventions.terminal();
        Path place = place(surroundings);
        Demo demo = new Demo(
                surroundings.home(),
                place,
                surroundings.environment(),
                terminal,
                line -> Lifeboat.run(surroundings, line.toArray(String[]::new)));
        return demo.play(keep, this::waitForEnter).number();
    }

    private Path place(Surroundings surroundings) {
        try {
            if (folder.isEmpty()) {
                Path made = Files.createTempDirectory("lifeboat-demo-");
                // The server's own user must be able to pass; what is secret below is closed by itself.
                return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
            }
            Path named = surroundings.resolve(folder.get());
            if (Files.exists(named)) {
                throw CommandException.usage(
                        "'%s' is there already".formatted(named), "Name a folder that is not there yet.");
            }
            Files.createDirectories(named);
            return Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw CommandException.usage(
                    "the demo's folder cannot be made: %s".formatted(e.getMessage()), "Name another one with --dir.");
        }
    }

    private void waitForEnter() {
        if (yes || !conventions.terminal().shape().inIsTerminal()) {
            return;
        }
        conventions.terminal().say("Look around; Enter stops the servers, the folder stays.");
        try {
            int read = System.in.read();
            assert read >= -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
