package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.starter.local.Folders;
import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the watchdog has told of one database, in a small file that only its user can read. It may hold an alarm back for a day,
 * and no longer: a file that is damaged, missing or not its own means that nothing was told.
 */
final class AlarmMemory {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration DAY = Duration.ofDays(1);
    private static final int FORMAT = 1;

    /** A cron comes a little early at times: the reminder must not wait for the call after the next. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final Path file;
    private final Instant now;

    /** @param maxAge so old a backup may be: who watches the same database by two ages has two alarms */
    AlarmMemory(Path state, String database, Duration maxAge, Instant now) {
        this.file = state.resolve("watchdog").resolve("%s-%s.json".formatted(database, maxAge));
        this.now = now;
    }

    /** What is to be told. */
    enum Kind {
        BEGAN,
        REMINDER,
        OVER
    }

    /**
     * One thing to tell.
     *
     * @param since when the trouble began (UTC), as far as that is known
     * @param worst how bad it was when it was told last, or is now
     */
    record Word(Kind kind, Instant since, Verdict worst) {}

    private record Told(Verdict verdict, Instant since, Instant last) {}

    /** What to tell of a database that is seen so; empty if all was told. */
    Optional<Word> about(Verdict seen) {
        Optional<Told> told = told();
        if (seen == Verdict.PASS || seen == Verdict.WARN) {
            return told.map(it -> new Word(Kind.OVER, it.since(), it.verdict()));
        }
        if (told.isEmpty() || isWorse(seen, told.get().verdict())) {
            return Optional.of(new Word(Kind.BEGAN, told.map(Told::since).orElse(now), seen));
        }
        boolean recently = !told.get().last().isAfter(now)
                && now.isBefore(told.get().last().plus(DAY).minus(EARLY));
        return recently
                ? Optional.empty()
                : Optional.of(new Word(Kind.REMINDER, told.get().since(), seen));
    }

    private static boolean isWorse(Verdict seen, Verdict told) {
        return seen == Verdict.FAIL && told != Verdict.FAIL;
    }

    /** Remembers that it was told; returns why that cannot be remembered, if it cannot. */
    Optional<String> remember(Word word) {
        try {
            Path folder = Folders.makePrivate(file.resolveSibling(""));
            Folders.checkOwn(folder);
            if (word.kind() == Kind.OVER) {
                Files.deleteIfExists(file);
            } else {
                write(word);
            }
            return Optional.empty();
        } catch (CommandException e) {
            return Optional.of(e.problem());
        } catch (IOException | UncheckedIOException e) {
            return Optional.of("'%s' cannot be written: %s".formatted(file, e.getMessage()));
        }
    }

    private void write(Word word) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Folders.writeOwn(
                fresh,
                Json.text(Json.object()
                                .put("format", FORMAT)
                                .put("verdict", word.worst().name())
                                .put("since", word.since().toString())
                                .put("told", now.toString()))
                        + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Optional<Told> told() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Folders.checkOwn(file.resolveSibling(""));
            JsonNode document = MAPPER.readTree(Folders.readOwn(file));
            return Optional.of(new Told(
                            Verdict.valueOf(document.path("verdict").asText()),
                            Instant.parse(document.path("since").asText()),
                            Instant.parse(document.path("told").asText())))
                    .filter(it -> document.path("format").asInt() == FORMAT)
                    .filter(it -> !it.since().isAfter(it.last()));
        } catch (CommandException | IOException | DateTimeException | IllegalArgumentException nobodyKnows) {
            return Optional.empty();
        }
    }
}
