package dev.lifeboat.starter.demo;

import dev.lifeboat.starter.local.Folders;
import dev.lifeboat.starter.local.Program;
import dev.lifeboat.starter.local.Superuser;
import dev.lifeboat.starter.local.ThrowAwayPostgres;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the page of a kit to the letter: its commands, by bash, in order, with nothing of Lifeboat's. */
final class BareRestore {

    private static final Pattern HEADING = Pattern.compile("^## \\d+\\. (.*)$");
    private static final List<String> NEEDED = List.of("bash", "sha256sum", "age", "zstd", "openssl");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final Consumer<String> say;

    /** Looks for programs on the {@code PATH} of {@code environment}, and says what it does. */
    BareRestore(Map<String, String> environment, Consumer<String> say) {
        this.environment = environment;
        this.say = say;
    }

    /** The programs that the page needs and this machine lacks, after installing what may be installed. */
    List<String> missing() {
        List<String> missing = lacking();
        boolean mayInstall = Superuser.isMe() && Files.exists(Path.of("/etc/debian_version"));
        if (!missing.isEmpty() && mayInstall) {
            say.accept("installing what the page needs: apt-get install " + String.join(" ", missing) + " ...");
            apt("update", List.of());
            apt("install", missing);
            missing = lacking();
        }
        return missing;
    }

    /** Runs the page's commands against {@code server}; the headings of its steps are said as they end. */
    void follow(Path kit, Path key, ThrowAwayPostgres server, String target) {
        Path script = kit.resolve("follow.sh");
        Path passwords = kit.resolve("passwords");
        try {
            Files.writeString(script, script(Files.readAllLines(kit.resolve("RESTORE.md"))));
            write(passwords, server);
            tell(new Program(List.of("bash", script.toString()), surroundings(kit, key, server, target, passwords))
                    .run(LIMIT, elapsed -> say.accept("still restoring (%d s)".formatted(elapsed.toSeconds()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(script);
            remove(passwords);
        }
    }

    private void tell(Program.Ended ended) {
        List<String> lines = ended.said().lines().toList();
        lines.stream().filter(line -> line.startsWith("STEP ")).forEach(line -> say.accept("  " + line.substring(5)));
        if (!ended.well()) {
            throw new CommandException(
                    ExitCode.BAD,
                    "the restore by bare tools failed: " + ended.lastWords(),
                    "With --keep everything stays as it is; try the page's commands by hand.");
        }
    }

    // The page's own blocks, unchanged; between them only who is speaking.
    private static String script(List<String> page) {
        StringBuilder script = new StringBuilder();
        boolean inside = false;
        for (String line : page) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                script.append("echo 'STEP %s'\n".formatted(heading.group(1).replace("'", "")));
            }
            if (line.startsWith("```")) {
                inside = line.equals("```sh");
            } else if (inside) {
                script.append(line).append('\n');
            }
        }
        return script.toString();
    }

    private Map<String, String> surroundings(
            Path kit, Path key, ThrowAwayPostgres server, String target, Path passwords) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("KIT", kit.toString());
        all.put("KEY", key.toString());
        all.put("TARGET", target);
        all.put("PGHOST", "127.0.0.1");
        all.put("PGPORT", Integer.toString(server.port()));
        all.put("PGUSER", ThrowAwayPostgres.USER);
        all.put("PGPASSFILE", passwords.toString());
        all.put("PATH", server.programs() + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        return all;
    }

    private static void write(Path file, ThrowAwayPostgres server) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "*:*:*:*:" + server.password() + "\n");
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lacking() {
        return NEEDED.stream()
                .filter(name -> Folders.ofPath(environment).stream()
                        .noneMatch(folder -> Folders.isProgram(folder.resolve(name))))
                .toList();
    }

    private static void apt(String verb, List<String> packages) {
        List<String> command = new ArrayList<>(List.of("apt-get", verb, "-y", "-qq"));
        command.addAll(packages.stream()
                .map(name -> name.equals("sha256sum") ? "coreutils" : name)
                .toList());
        new Program(command, Map.of("DEBIAN_FRONTEND", "noninteractive")).run(LIMIT);
    }
}
