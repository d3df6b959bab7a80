package dev.lifeboat.starter;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.starter.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What verifications found in full, one file each, kept on this machine for thirty days. */
final class VerificationLogs {

    static final Duration KEPT = Duration.ofDays(30);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String ENDING = ".verify.log";

    private final Path folder;
    private final Terminal terminal;

    VerificationLogs(Path state, Terminal terminal) {
        this.folder = state.resolve("verifications");
        this.terminal = terminal;
    }

    /** Writes the lines and removes what is too old; empty, and said, where that cannot be done: a verdict stands anyway. */
    Optional<Path> keep(BackupId backup, String repository, Instant now, List<String> lines) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            sweep(now);
            Path log = folder.resolve("%s-%s-%s%s".formatted(NAME.format(now), backup, repository, ENDING));
            Files.createFile(log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Optional.of(Files.write(log, lines));
        } catch (IOException | UnsupportedOperationException e) {
            terminal.say("the full log could not be kept in '%s': %s".formatted(folder, e));
            return Optional.empty();
        }
    }

    private void sweep(Instant now) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(folder)) {
            logs = files.filter(file -> file.toString().endsWith(ENDING)).toList();
        }
        for (Path log : logs) {
            Instant written =
                    Files.getLastModifiedTime(log, LinkOption.NOFOLLOW_LINKS).toInstant();
            if (written.isBefore(now.minus(KEPT))) {
                Files.deleteIfExists(log);
            }
        }
    }
}
