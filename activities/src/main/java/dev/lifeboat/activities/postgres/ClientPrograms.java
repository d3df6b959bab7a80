package dev.lifeboat.activities.postgres;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.programs.Child;
import dev.lifeboat.activities.programs.Command;
import dev.lifeboat.activities.programs.Programs;
import dev.lifeboat.workflows.model.FailureType;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PostgreSQL client programs of this machine. A dump needs ones that are not older than the server. */
public final class ClientPrograms {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)(\\S*)");
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

    private final Programs programs;
    private final List<Path> folders;

    ClientPrograms(Programs programs, List<Path> folders) {
        this.programs = programs;
        this.folders = folders;
    }

    /** Looks where {@code LIFEBOAT_PG_BIN} says, else on the path and where packages put them. */
    public static ClientPrograms of(Programs programs, Map<String, String> environment) {
        String named = environment.getOrDefault("LIFEBOAT_PG_BIN", "");
        return new ClientPrograms(programs, named.isEmpty() ? usual(environment) : List.of(Path.of(named)));
    }

    /** The pg_dump that fits a server of {@code major}: the same major version, else the next newer one. */
    public PgDumpProgram dumpFor(int major) {
        List<PgDumpProgram> found = found();
        return found.stream()
                .filter(it -> it.major() >= major)
                .min(Comparator.comparingInt(PgDumpProgram::major))
                .orElseThrow(() -> found.isEmpty() ? missing() : tooOld(found, major));
    }

    private List<PgDumpProgram> found() {
        List<PgDumpProgram> found = new ArrayList<>();
        for (Path folder : folders) {
            Path program = folder.resolve("pg_dump");
            if (Files.isExecutable(program)) {
                version(program).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<PgDumpProgram> version(Path program) {
        try (Child child = programs.start("version", new Command(program, List.of("--version"), Map.of()))) {
            String said = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
            child.end();
            Matcher matcher = VERSION.matcher(said);
            return matcher.find()
                    ? Optional.of(new PgDumpProgram(
                            program, Integer.parseInt(matcher.group(1)), matcher.group(1) + matcher.group(2)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking '%s' for its version".formatted(program), e);
        }
    }

    private RuntimeException missing() {
        return Failures.permanent(
                FailureType.CLIENT_UNSUITABLE,
                "this worker has no pg_dump (looked in %s)".formatted(folders),
                "install the client (Debian: apt-get install postgresql-client), or set LIFEBOAT_PG_BIN");
    }

    private static RuntimeException tooOld(List<PgDumpProgram> found, int major) {
        return Failures.permanent(
                FailureType.CLIENT_UNSUITABLE,
                "the server is PostgreSQL %d, but pg_dump here is %s; an older client cannot dump a newer server"
                        .formatted(
                                major,
                                found.stream()
                                        .map(PgDumpProgram::version)
                                        .distinct()
                                        .toList()),
                "install the client of the server's version (Debian: apt-get install postgresql-client-%d), or set LIFEBOAT_PG_BIN"
                        .formatted(major));
    }

    private static List<Path> usual(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(PACKAGES)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(PACKAGES)) {
                versions.forEach(version -> folders.add(version.resolve("bin")));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look into '%s'".formatted(PACKAGES), e);
            }
        }
        // Last, because Debian's pg_dump on the path is a wrapper that wants Perl.
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
        }
        return folders;
    }

    /** One pg_dump, its major version and its whole version. */
    public record PgDumpProgram(Path path, int major, String version) {}
}
