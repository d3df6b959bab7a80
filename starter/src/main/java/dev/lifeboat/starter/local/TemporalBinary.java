package dev.lifeboat.starter.local;

import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.internal.devserver.TemporalDevServerDownloader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The {@code temporal} program, which is command, server and web page in one file. Looked for on {@code PATH} and in
 * {@code .tools}; else fetched from its vendor, or built with Go, into {@code .tools}.
 */
public final class TemporalBinary {

    /** The version that Lifeboat is tried with; the last one that {@code go install} can build. */
    static final String VERSION = "v1.5.1";

    private static final String NAME = "temporal";
    private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@" + VERSION;
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);

    private final Path tools;
    private final Map<String, String> environment;
    private final Consumer<String> say;

    /**
     * @param root Lifeboat's own folder; {@code .tools} is below it
     * @param environment for {@code PATH}
     * @param say hears what is being done, in lines
     */
    public TemporalBinary(Path root, Map<String, String> environment, Consumer<String> say) {
        this.tools = root.toAbsolutePath().resolve(".tools");
        this.environment = Map.copyOf(environment);
        this.say = say;
    }

    /** The program if it is on this machine. Fetches nothing. */
    public Optional<Path> find() {
        return candidates().stream().filter(this::works).findFirst();
    }

    /** The program, fetched or built if it is not here; empty if there is no way to get it. May take minutes. */
    public Optional<Path> findOrGet() {
        return find().or(this::download).or(this::build);
    }

    private List<Path> candidates() {
        List<Path> folders = new ArrayList<>(Folders.ofPath(environment));
        folders.add(tools);
        return folders.stream()
                .map(folder -> folder.resolve(NAME))
                .filter(Folders::isProgram)
                .toList();
    }

    private boolean works(Path file) {
        Program.Ended ended = Program.of(file.toString(), "--version").run(Duration.ofSeconds(20));
        if (ended.well() && ended.said().startsWith("temporal version")) {
            return true;
        }
        say.accept("'%s' is not Temporal's program (%s); looking on".formatted(file, ended.lastWords()));
        return false;
    }

    private Optional<Path> download() {
        say.accept("fetching Temporal %s (about 100 MB) into %s ...".formatted(VERSION, tools));
        Path folder = tools.resolve("download");
        try {
            Files.createDirectories(folder);
            // The SDK's own download: it knows the vendor's address, this machine's platform and the archive's shape.
            Path fetched = TemporalDevServerDownloader.prepare(TemporalDevServerOptions.newBuilder()
                    .setDownloadVersion(VERSION)
                    .setDownloadDestination(folder.toString())
                    .build());
            if (works(fetched)) {
                return Optional.of(Files.move(fetched, tools.resolve(NAME), StandardCopyOption.REPLACE_EXISTING));
            }
        } catch (IOException | RuntimeException e) {
            say.accept("the vendor's archive could not be fetched: " + reason(e));
        } finally {
            delete(folder);
        }
        return Optional.empty();
    }

    private Optional<Path> build() {
        Optional<Path> go = Folders.ofPath(environment).stream()
                .map(folder -> folder.resolve("go"))
                .filter(Folders::isProgram)
                .findFirst();
        if (go.isEmpty()) {
            say.accept("Go is not here either, so Temporal cannot be built");
            return Optional.empty();
        }
        say.accept("building Temporal %s with Go into %s; this takes two to five minutes, once ..."
                .formatted(VERSION, tools));
        Program.Ended ended = new Program(
                        List.of(go.get().toString(), "install", "-ldflags", "-s -w", MODULE),
                        Map.of("GOBIN", tools.toString(), "GOFLAGS", "-buildvcs=false"))
                .run(
                        BUILD_LIMIT,
                        elapsed -> say.accept("still building Temporal (%d s)".formatted(elapsed.toSeconds())));
        Path built = tools.resolve(NAME);
        if (ended.well() && works(built)) {
            return Optional.of(built);
        }
        say.accept("Temporal could not be built: " + ended.lastWords());
        return Optional.empty();
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What is left in .tools/download is only space; the next download begins with it.
        }
    }
}
