package dev.lifeboat.starter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the watchdog has told of one database, and to whom, in a small file that only its user can read. It holds back, for a day
 * at most, a trouble that was told: another one of the same database is told at once. A file that is damaged, missing or
 * not its own means that nothing was told, so every trouble is told, and of a good state nothing.
 */
final class AlarmMemory {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration DAY = Duration.ofDays(1);
    private static final int FORMAT = 2;

    /** A cron comes a little early at times: the reminder must not wait for the call after the next. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final Path file;
    private final Set<String> known;
    private final Instant now;
    private final ZoneId zone;

    /**
     * What was told of one database.
     *
     * @param known the channels that there are: who was removed since is told nothing more
     * @param now in the zone of the cron that calls: its days are 23 hours long when summer time begins
     */
    AlarmMemory(Path state, Watch watch, Set<String> known, ZonedDateTime now) {
        this.file = state.resolve("watchdog").resolve(watch.name() + ".json");
        this.known = Set.copyOf(known);
        this.now = now.toInstant();
        this.zone = now.getZone();
    }

    /**
     * Whose alarms these are: one user may watch for several installations, and the same database by two ages.
     *
     * @param configuration the file that was read
     * @param maxAge so old a backup may be
     */
    record Watch(Path configuration, String database, Duration maxAge) {

        private String name() {
            String path = configuration.toAbsolutePath().normalize().toString();
            return "%s-%s-%s".formatted(database, maxAge, UUID.nameUUIDFromBytes(path.getBytes(UTF_8)));
        }
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
     * @param worst how bad it is now; where it is over, how bad it was at its worst
     * @param troubles what is seen now, as {@code repository/check/verdict}
     * @param channels who is told that it is over: who was told of it, and has not heard this yet
     * @param again whether that was tried before
     */
    record Word(Kind kind, Instant since, Verdict worst, Set<String> troubles, Set<String> channels, boolean again) {

        Word {
            troubles = Set.copyOf(troubles);
            channels = Set.copyOf(channels);
        }
    }

    /** @param over whether it is over, and only those channels have not heard it yet */
    private record Told(
            Verdict worst, Instant since, Instant last, Set<String> troubles, Set<String> channels, boolean over) {}

    /**
     * What to tell of a database; empty if all was told.
     *
     * @param seen how bad it is now
     * @param troubles what is bad, as {@code repository/check/verdict}
     */
    Optional<Word> about(Verdict seen, Set<String> troubles) {
        Optional<Told> told = told();
        if (seen == Verdict.PASS || seen == Verdict.WARN) {
            return told.map(it -> new Word(Kind.OVER, it.since(), it.worst(), Set.of(), it.channels(), it.over()));
        }
        Optional<Told> open = told.filter(it -> !it.over());
        Instant since = open.map(Told::since).orElse(now);
        if (open.isEmpty()
                || !open.get().troubles().containsAll(troubles)
                || worse(seen, open.get().worst()) != open.get().worst()) {
            return Optional.of(new Word(Kind.BEGAN, since, seen, troubles, Set.of(), false));
        }
        return isRecent(open.get().last())
                ? Optional.empty()
                : Optional.of(new Word(Kind.REMINDER, since, seen, troubles, Set.of(), false));
    }

    private boolean isRecent(Instant last) {
        Instant tomorrow = last.atZone(zone).plusDays(1).toInstant();
        Instant day = last.plus(DAY);
        return !last.isAfter(now) && now.isBefore((tomorrow.isBefore(day) ? tomorrow : day).minus(EARLY));
    }

    private static Verdict worse(Verdict one, Verdict other) {
        return one == Verdict.FAIL ? one : other;
    }

    /** Remembers who heard it, if anybody did; returns why that cannot be remembered, if it cannot. */
    Optional<String> remember(Word word, AlarmProcess.Heard heard) {
        try {
            Path folder = Folders.makePrivate(file.resolveSibling(""));
            Folders.checkOwn(folder);
            Optional<Told> after = word.kind() == Kind.OVER ? afterTheEnd(word, heard) : after(word, heard);
            if (after.isPresent()) {
                write(after.get());
            } else if (word.kind() == Kind.OVER) {
                Files.deleteIfExists(file);
            }
            return Optional.empty();
        } catch (CommandException e) {
            return Optional.of(e.problem());
        } catch (IOException | UncheckedIOException e) {
            return Optional.of("'%s' cannot be written: %s".formatted(file, e.getMessage()));
        }
    }

    // What nobody heard leaves all as it was, so that the next call tells it again.
    private Optional<Told> after(Word word, AlarmProcess.Heard heard) {
        if (heard.told().isEmpty()) {
            return told();
        }
        Optional<Told> before = told();
        Optional<Told> open = before.filter(it -> !it.over());
        Set<String> channels = new TreeSet<>(heard.told());
        channels.addAll(heard.unclear());
        before.ifPresent(it -> channels.addAll(it.channels()));
        Set<String> troubles = new TreeSet<>(word.troubles());
        if (word.kind() == Kind.BEGAN) {
            // What comes and goes by the hour is told once a day; what was mended yesterday is new today.
            open.ifPresent(it -> troubles.addAll(it.troubles()));
        }
        Verdict worst = open.map(it -> worse(word.worst(), it.worst())).orElse(word.worst());
        Instant last = word.kind() == Kind.BEGAN
                ? open.map(Told::last).filter(this::isRecent).orElse(now)
                : now;
        return Optional.of(new Told(worst, word.since(), last, troubles, channels, false));
    }

    private Optional<Told> afterTheEnd(Word word, AlarmProcess.Heard heard) {
        Set<String> channels = new TreeSet<>(word.channels());
        heard.told().forEach(channels::remove);
        if (word.channels().isEmpty() && heard.told().isEmpty()) {
            return told();
        }
        return Optional.of(new Told(word.worst(), word.since(), now, Set.of(), channels, true))
                .filter(it -> !it.channels().isEmpty());
    }

    private void write(Told told) throws IOException {
        ObjectNode document = Json.object()
                .put("format", FORMAT)
                .put("worst", told.worst().name())
                .put("since", told.since().toString())
                .put("told", told.last().toString())
                .put("over", told.over());
        put(document, "troubles", told.troubles());
        put(document, "channels", told.channels());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Folders.writeOwn(fresh, Json.text(document) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void put(ObjectNode document, String field, Collection<String> words) {
        var array = document.putArray(field);
        words.stream().sorted().forEach(array::add);
    }

    private Optional<Told> told() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Folders.checkOwn(file.resolveSibling(""));
            JsonNode document = MAPPER.readTree(Folders.readOwn(file));
            Set<String> channels = words(document.path("channels"));
            channels.retainAll(known);
            return Optional.of(new Told(
                            Verdict.valueOf(document.path("worst").asText()),
                            Instant.parse(document.path("since").asText()),
                            Instant.parse(document.path("told").asText()),
                            words(document.path("troubles")),
                            channels,
                            document.path("over").asBoolean()))
                    .filter(it -> document.path("format").asInt() == FORMAT)
                    .filter(it -> !it.since().isAfter(it.last()))
                    .filter(it -> !it.over() || !it.channels().isEmpty());
        } catch (CommandException | IOException | DateTimeException | IllegalArgumentException nobodyKnows) {
            return Optional.empty();
        }
    }

    private static Set<String> words(JsonNode array) {
        Set<String> words = new TreeSet<>();
        array.forEach(it -> words.add(it.asText()));
        return words;
    }
}
