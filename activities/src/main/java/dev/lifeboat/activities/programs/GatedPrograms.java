package dev.lifeboat.activities.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs behind a gate: the child waits for one line on its standard input before it becomes the program, and
 * gets it only after its id and start time are on disk. So a worker that dies at any moment leaves either no program, or
 * a record by which the next worker finds and ends it.
 */
public final class GatedPrograms implements Programs {

    private static final Logger log = LoggerFactory.getLogger(GatedPrograms.class);

    // Constant: nothing is ever put into this text. The program and its arguments are the shell's own arguments.
    private static final String GATE = "read -r word && [ \"$word\" = go ] && exec \"$@\"";

    private final Path records;
    private final Map<Path, Child> living = new ConcurrentHashMap<>();

    /** Keeps its records below {@code state}, this worker's folder. */
    public GatedPrograms(Path state) {
        this.records = state.resolve("processes");
        try {
            Files.createDirectories(
                    records, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder '%s'".formatted(records), e);
        }
    }

    @Override
    public Child start(String owner, Command command) {
        Path record = records.resolve(UUID.randomUUID() + ".properties");
        try {
            Process process = builder(command).start();
            Child child = new Child(command.name(), process, new Child.Tail(process.getErrorStream()), () -> {
                living.remove(record);
                forget(record);
            });
            living.put(record, child);
            try {
                remember(record, owner, command, process.toHandle());
                open(process);
                return child;
            } catch (IOException e) {
                child.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start '%s'".formatted(command.program()), e);
        }
    }

    /** Ends every program that was started here and still runs. */
    public void endAll() {
        living.values().forEach(Child::kill);
    }

    /** Ends what workers that are gone have left running here. Programs of living workers are left alone. */
    public List<String> sweep() {
        List<String> ended = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(records, "*.properties")) {
            for (Path file : files) {
                sweep(file).ifPresent(ended::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder '%s'".formatted(records), e);
        }
        return ended;
    }

    static ProcessBuilder builder(Command command) {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", GATE, "lifeboat"));
        line.add(command.program().toString());
        line.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(line);
        // Ours may hold secrets that are none of the program's business.
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(command.environment());
        return builder;
    }

    private static void open(Process process) throws IOException {
        try (OutputStream gate = process.getOutputStream()) {
            gate.write("go\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void remember(Path record, String owner, Command command, ProcessHandle child) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("owner", owner);
        properties.setProperty("program", command.name());
        ProcessRecord.of(ProcessHandle.current()).write(properties, "worker");
        ProcessRecord.of(child).write(properties, "child");
        // Under its name only when whole: another worker may sweep here at any moment.
        Path unfinished = record.resolveSibling(record.getFileName() + ".unfinished");
        try (OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW)) {
            properties.store(out, null);
        }
        Files.move(unfinished, record, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void forget(Path record) {
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            log.warn("the record '{}' could not be removed", record, e);
        }
    }

    private static Optional<String> sweep(Path file) {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return sweep(file, properties);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // its program has ended, or another worker was faster
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            log.warn(
                    "the record '{}' cannot be understood and is removed: see whether its program still runs", file, e);
            forget(file);
            return Optional.empty();
        }
    }

    private static Optional<String> sweep(Path file, Properties properties) {
        if (ProcessRecord.read(properties, "worker").alive().isPresent()) {
            return Optional.empty();
        }
        Optional<ProcessHandle> child = ProcessRecord.read(properties, "child").alive();
        child.ifPresent(GatedPrograms::end);
        forget(file);
        return child.map(handle -> "%s of %s (process %d)"
                .formatted(properties.getProperty("program"), properties.getProperty("owner"), handle.pid()));
    }

    private static void end(ProcessHandle handle) {
        handle.descendants().forEach(ProcessHandle::destroyForcibly);
        handle.destroyForcibly();
        // With a bound: what is dead, but was asked for its exit code by nobody, counts as alive for ever.
        handle.onExit().completeOnTimeout(handle, 10, TimeUnit.SECONDS).join();
    }
}
