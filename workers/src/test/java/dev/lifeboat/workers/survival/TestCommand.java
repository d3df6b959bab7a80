package dev.lifeboat.workers.survival;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.starter.Lifeboat;
import dev.lifeboat.workers.WorkerApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code lifeboat} command in a process of its own, as somebody typed it; with the classes of this build. */
final class TestCommand implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final List<String> arguments;

    private TestCommand(Process process, Path out, List<String> arguments) {
        this.process = process;
        this.out = out;
        this.arguments = arguments;
    }

    /** Types it in the folder of a shop, on the machine that its repositories call {@code test}. */
    static TestCommand type(Shop shop, String... arguments) {
        return type(shop, TestTemporal.find().getParent() + File.pathSeparator + System.getenv("PATH"), arguments);
    }

    /** Types it in a folder on a machine that has neither Temporal nor a database. */
    static TestCommand typeIn(Path folder, String... arguments) {
        return type(folder, Map.of("PATH", pathWithoutTemporal()), arguments);
    }

    /** The same as {@link #type} where Temporal's program is not to be found. */
    static TestCommand typeWithoutTemporal(Shop shop, String... arguments) {
        return type(shop, pathWithoutTemporal(), arguments);
    }

    private static String pathWithoutTemporal() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .filter(it -> !Files.exists(Path.of(it).resolve("temporal")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static TestCommand type(Shop shop, String path, String... arguments) {
        return type(
                requireNonNull(shop.state().getParent()),
                Map.of(
                        "PATH",
                        path,
                        "LIFEBOAT_PG_BIN",
                        shop.postgres().binaries().toString()),
                arguments);
    }

    private static TestCommand type(Path folder, Map<String, String> environment, String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "command", ".log");
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlifeboat.home=" + home(folder),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Lifeboat.class.getName()));
            command.addAll(Arrays.asList(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            builder.environment().remove("LIFEBOAT_CONFIG");
            return new TestCommand(builder.start(), out, List.of(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the exit code when it has ended. */
    int exitCode() {
        await("the end of " + arguments).atMost(Duration.ofMinutes(4)).until(() -> !process.isAlive());
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said so far. */
    String said() {
        return String.join("\n", TestFolders.lines(out));
    }

    /** SIGKILL, and not of what it has started. */
    void kill() {
        process.destroyForcibly();
        await("the end of a command").atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        kill();
    }

    // A command starts its worker from workers.jar: here one that only names the classes of this build.
    private static Path home(Path folder) throws IOException {
        Path home = folder.resolve("home");
        Path library = home.resolve("lib");
        if (Files.exists(library)) {
            return home;
        }
        Files.createDirectories(library);
        Path options = Path.of(System.getProperty("lifeboat.root"), "workers/src/main/dist/worker.options");
        // What tests log is not what a worker says, and their jars hold settings for that, too.
        Files.writeString(
                library.resolve("worker.options"),
                Files.readString(options) + "-Dlogback.configurationFile=logback.xml\n");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, WorkerApplication.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .map(Path::of)
                                .map(it -> it.toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(library.resolve("workers.jar")), manifest).close();
        return home;
    }
}
