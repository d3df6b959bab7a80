package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.starter.AlarmMemory.Kind;
import dev.lifeboat.starter.AlarmMemory.Watch;
import dev.lifeboat.starter.AlarmMemory.Word;
import dev.lifeboat.starter.AlarmProcess.Heard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmMemoryTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LIMIT = Duration.ofHours(26);
    private static final Path CONFIGURATION = Path.of("/etc/lifeboat/watchdog.yml");
    private static final String OLD = "main/age/FAIL";
    private static final String FORGED = "far/signature/FAIL";
    private static final String AWAY = "far/repository/INCONCLUSIVE";
    private static final Heard OPS = heard("ops");

    @TempDir
    private Path state;

    @Test
    void a_trouble_is_told_once_reminded_of_each_day_and_taken_back() {
        assertThat(tell(0, OLD)).contains(word(Kind.BEGAN, Verdict.FAIL, OLD));
        assertThat(tell(1, OLD)).isEmpty();
        assertThat(tell(23, OLD)).isEmpty();
        assertThat(tell(24, OLD)).contains(word(Kind.REMINDER, Verdict.FAIL, OLD));
        assertThat(tell(25, OLD)).isEmpty();
        assertThat(tell(26)).contains(over(Verdict.FAIL, false, "ops"));
        assertThat(tell(27)).isEmpty();
        assertThat(tell(28, OLD)).map(Word::kind).contains(Kind.BEGAN);
    }

    @Test
    void a_daily_call_that_comes_some_minutes_early_reminds_all_the_same() {
        tell(0, OLD);

        assertThat(memory(Duration.ofHours(24).minusMinutes(6)).about(Verdict.FAIL, Set.of(OLD)))
                .isEmpty();
        assertThat(memory(Duration.ofHours(24).minusMinutes(4)).about(Verdict.FAIL, Set.of(OLD)))
                .contains(word(Kind.REMINDER, Verdict.FAIL, OLD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-26", "2026-10-22"})
    void a_call_at_six_each_morning_reminds_each_morning_when_the_clocks_change_too(LocalDate begin) {
        List<Optional<Kind>> mornings = begin.datesUntil(begin.plusDays(6))
                .map(it -> it.atTime(6, 0).atZone(BERLIN).toInstant())
                .map(it -> tell(Duration.between(NOON, it), OPS, OLD).map(Word::kind))
                .toList();

        assertThat(mornings.getFirst()).contains(Kind.BEGAN);
        assertThat(mornings.subList(1, 6)).hasSize(5).containsOnly(Optional.of(Kind.REMINDER));
    }

    @Test
    void what_becomes_worse_is_told_at_once() {
        tell(0, AWAY);
        assertThat(tell(1, AWAY, OLD)).contains(word(Kind.BEGAN, Verdict.FAIL, AWAY, OLD));
        assertThat(tell(2, AWAY)).isEmpty();
    }

    @Test
    void another_trouble_that_is_as_bad_is_told_at_once_and_only_once_a_day() {
        tell(0, OLD);
        assertThat(tell(1, OLD, FORGED)).contains(word(Kind.BEGAN, Verdict.FAIL, OLD, FORGED));
        assertThat(tell(2, FORGED)).isEmpty();
        assertThat(tell(3, OLD)).isEmpty();
        assertThat(tell(24, OLD)).map(Word::kind).contains(Kind.REMINDER);
        assertThat(tell(25, FORGED))
                .as("mended since yesterday")
                .map(Word::kind)
                .contains(Kind.BEGAN);
    }

    @Test
    void what_nobody_heard_is_told_again() {
        assertThat(tell(0, Heard.NOBODY, OLD)).isPresent();
        assertThat(tell(1, OLD)).map(Word::kind).contains(Kind.BEGAN);
        assertThat(tell(2, Heard.NOBODY, OLD, FORGED)).isPresent();
        assertThat(tell(3, OLD, FORGED)).map(Word::kind).contains(Kind.BEGAN);
    }

    @Test
    void that_it_is_over_is_told_to_all_who_were_told_until_each_has_heard_it() {
        tell(0, heard("mail"), AWAY);
        tell(1, heard("pager"), AWAY, OLD);
        tell(25, new Heard(List.of("ops"), List.of("chat"), List.of("'chat': it did not answer in time")), AWAY);

        assertThat(tell(26, heard("ops"))).contains(over(Verdict.FAIL, false, "mail", "pager", "ops", "chat"));
        assertThat(tell(27, Heard.NOBODY)).contains(over(Verdict.FAIL, true, "mail", "pager", "chat"));
        assertThat(tell(28, heard("pager", "chat"))).contains(over(Verdict.FAIL, true, "mail", "pager", "chat"));
        assertThat(tell(29, heard("mail"))).contains(over(Verdict.FAIL, true, "mail"));
        assertThat(tell(30)).isEmpty();
    }

    @Test
    void who_has_not_heard_that_it_is_over_hears_it_after_the_next_trouble() {
        tell(0, heard("pager", "ops"), OLD);
        tell(1, heard("ops"));

        assertThat(tell(2, heard("ops"), AWAY)).map(Word::kind).contains(Kind.BEGAN);
        assertThat(tell(3, heard("ops", "pager")))
                .contains(new Word(
                        Kind.OVER,
                        NOON.plus(Duration.ofHours(2)),
                        Verdict.INCONCLUSIVE,
                        Set.of(),
                        Set.of("ops", "pager"),
                        false));
    }

    @Test
    void a_channel_that_was_removed_since_is_told_nothing_more() {
        tell(0, heard("ops", "removed"), OLD);

        assertThat(tell(1)).contains(over(Verdict.FAIL, false, "ops"));
        assertThat(tell(2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"format\":1,\"worst\":\"FAIL\",\"since\":\"2026-11-21T12:00:00Z\",\"told\":\"2026-11-21T12:00:00Z\",\"troubles\":[\"main/age/FAIL\"]}",
                "{\"format\":2,\"worst\":\"FAIL\",\"since\":\"2026-11-21T12:00:00Z\",\"told\":\"2026-11-21T12:00:00Z\"}",
                "{\"format\":2,\"worst\":\"FAIL\",\"since\":\"2026-11-21T12:00:00Z\",\"told\":\"2030-01-01T00:00:00Z\",\"troubles\":[\"main/age/FAIL\"]}"
            })
    void a_memory_that_is_damaged_or_of_the_future_holds_no_alarm_back(String content) throws IOException {
        tell(0, OLD);
        Files.writeString(file(), content);

        assertThat(memory(1).about(Verdict.FAIL, Set.of(OLD))).isPresent();
    }

    @Test
    void one_that_others_could_have_written_is_not_believed_and_not_used() throws IOException {
        tell(0, OLD);
        Files.setPosixFilePermissions(state.resolve("watchdog"), PosixFilePermissions.fromString("rwxrwxrwx"));

        Optional<Word> word = memory(1).about(Verdict.FAIL, Set.of(OLD));
        assertThat(word).isPresent();
        assertThat(memory(1).remember(word.orElseThrow(), OPS))
                .hasValueSatisfying(it -> assertThat(it).contains("others can look into the folder"));
    }

    @Test
    void one_that_cannot_be_written_silences_nothing() throws IOException {
        Files.writeString(state.resolve("watchdog"), "a file where the folder should be");

        Optional<Word> word = memory(0).about(Verdict.FAIL, Set.of(OLD));
        assertThat(memory(0).remember(word.orElseThrow(), OPS)).isPresent();
        assertThat(memory(1).about(Verdict.FAIL, Set.of(OLD))).isPresent();
    }

    @Test
    void only_its_user_can_read_it_and_two_ages_or_two_installations_are_two_alarms() throws IOException {
        tell(0, OLD);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        for (Watch other : List.of(
                new Watch(CONFIGURATION, "orders", Duration.ofHours(2)),
                new Watch(Path.of("/srv/other/lifeboat.yml"), "orders", LIMIT))) {
            AlarmMemory memory = new AlarmMemory(state, other, Set.of("ops"), NOON.atZone(BERLIN));
            assertThat(memory.about(Verdict.PASS, Set.of())).isEmpty();
            assertThat(memory.about(Verdict.FAIL, Set.of(OLD))).isPresent();
        }
    }

    private Optional<Word> tell(int hour, String... troubles) {
        return tell(hour, OPS, troubles);
    }

    private Optional<Word> tell(int hour, Heard heard, String... troubles) {
        return tell(Duration.ofHours(hour), heard, troubles);
    }

    private Optional<Word> tell(Duration afterNoon, Heard heard, String... troubles) {
        Verdict seen = Stream.of(troubles).anyMatch(it -> it.endsWith("FAIL"))
                ? Verdict.FAIL
                : troubles.length > 0 ? Verdict.INCONCLUSIVE : Verdict.PASS;
        Optional<Word> word = memory(afterNoon).about(seen, Set.of(troubles));
        word.ifPresent(it -> assertThat(memory(afterNoon).remember(it, heard)).isEmpty());
        return word;
    }

    private static Heard heard(String... channels) {
        return new Heard(List.of(channels), List.of(), List.of());
    }

    private static Word word(Kind kind, Verdict worst, String... troubles) {
        return new Word(kind, NOON, worst, Set.of(troubles), Set.of(), false);
    }

    private static Word over(Verdict worst, boolean again, String... channels) {
        return new Word(Kind.OVER, NOON, worst, Set.of(), Set.of(channels), again);
    }

    private AlarmMemory memory(int hour) {
        return memory(Duration.ofHours(hour));
    }

    private AlarmMemory memory(Duration afterNoon) {
        return new AlarmMemory(
                state,
                new Watch(CONFIGURATION, "orders", LIMIT),
                Set.of("ops", "mail", "pager", "chat"),
                NOON.plus(afterNoon).atZone(BERLIN));
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("watchdog"))) {
            return files.filter(it -> it.getFileName().toString().startsWith("orders-PT26H-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
