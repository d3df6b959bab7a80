package dev.lifeboat.starter.local;

import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The folder with PostgreSQL's server and client programs; installed with apt if need be and may be. */
public final class PostgresPrograms {

    private static final List<String> NEEDED = List.of("initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

    private final Map<String, String> environment;
    private final Path versions;
    private final Consumer<String> say;

    /** @param say hears what is being done, in lines */
    public PostgresPrograms(Map<String, String> environment, Consumer<String> say) {
        this(environment, Path.of("/usr/lib/postgresql"), say);
    }

    /** @param versions where a Linux distribution keeps one folder for each major version */
    PostgresPrograms(Map<String, String> environment, Path versions, Consumer<String> say) {
        this.environment = Map.copyOf(environment);
        this.versions = versions;
        this.say = say;
    }

    /**
     * The folder if the programs are on this machine: {@code LIFEBOAT_PG_BIN}, {@code PATH}, the newest packaged one.
     *
     * @throws CommandException if {@code LIFEBOAT_PG_BIN} is set to a folder without them
     */
    public Optional<Path> find() {
        String told = environment.getOrDefault("LIFEBOAT_PG_BIN", "");
        if (!told.isEmpty()) {
            return Optional.of(asTold(Path.of(told)));
        }
        List<Path> folders = new ArrayList<>(Folders.ofPath(environment));
        folders.addAll(packaged());
        return folders.stream().filter(folder -> missing(folder).isEmpty()).findFirst();
    }

    /** The folder; installs PostgreSQL where that can be done without asking anybody. */
    public Path findOrGet() {
        Optional<Path> here = find();
        if (here.isEmpty() && mayInstall()) {
            install();
            here = find();
        }
        return here.orElseThrow(() -> CommandException.usage(
                "PostgreSQL's server programs are not on this machine",
                "Install them ('apt-get install postgresql', 'dnf install postgresql-server', 'brew install postgresql'),"
                        + " or set LIFEBOAT_PG_BIN to the folder that has initdb and pg_ctl."));
    }

    private static Path asTold(Path folder) {
        List<String> missing = missing(folder);
        if (!missing.isEmpty()) {
            throw CommandException.usage(
                    "LIFEBOAT_PG_BIN is '%s', which has no %s".formatted(folder, missing.getFirst()),
                    "Set it to the folder with PostgreSQL's server programs, such as /usr/lib/postgresql/16/bin.");
        }
        return folder;
    }

    private static List<String> missing(Path folder) {
        return NEEDED.stream()
                .filter(name -> !Folders.isProgram(folder.resolve(name)))
                .toList();
    }

    private List<Path> packaged() {
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.filter(folder -> folder.getFileName().toString().matches("\\d{1,4}"))
                    .sorted(Comparator.comparingInt((Path folder) ->
                                    Integer.parseInt(folder.getFileName().toString()))
                            .reversed())
                    .map(folder -> folder.resolve("bin"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean mayInstall() {
        return Superuser.isMe()
                && Files.exists(Path.of("/etc/debian_version"))
                && Folders.ofPath(environment).stream().anyMatch(it -> Folders.isProgram(it.resolve("apt-get")));
    }

    private void install() {
        say.accept("PostgreSQL is not on this machine; installing it: apt-get install postgresql ...");
        if (!apt("install").well()) {
            apt("update");
            Program.Ended ended = apt("install");
            if (!ended.well()) {
                say.accept("apt-get could not install it: " + ended.lastWords());
            }
        }
    }

    private Program.Ended apt(String verb) {
        List<String> command = verb.equals("update")
                ? List.of("apt-get", "update")
                : List.of("apt-get", "install", "-y", "--no-install-recommends", "postgresql");
        return new Program(command, Map.of("DEBIAN_FRONTEND", "noninteractive"))
                .run(INSTALL_LIMIT, elapsed -> say.accept("still installing (%d s)".formatted(elapsed.toSeconds())));
    }
}
