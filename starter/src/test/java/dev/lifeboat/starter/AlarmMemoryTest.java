package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.starter.AlarmMemory.Kind;
import dev.lifeboat.starter.AlarmMemory.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmMemoryTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LIMIT = Duration.ofHours(26);

    @TempDir
    private Path state;

    @Test
    void a_trouble_is_told_once_reminded_of_each_day_and_taken_back() {
        assertThat(tell(0, Verdict.FAIL)).contains(new Word(Kind.BEGAN, NOON, Verdict.FAIL));
        assertThat(tell(1, Verdict.FAIL)).isEmpty();
        assertThat(tell(23, Verdict.FAIL)).isEmpty();
        assertThat(tell(24, Verdict.FAIL)).contains(new Word(Kind.REMINDER, NOON, Verdict.FAIL));
        assertThat(tell(25, Verdict.FAIL)).isEmpty();
        assertThat(tell(26, Verdict.PASS)).contains(new Word(Kind.OVER, NOON, Verdict.FAIL));
        assertThat(tell(27, Verdict.PASS)).isEmpty();
        assertThat(tell(28, Verdict.FAIL)).map(Word::kind).contains(Kind.BEGAN);
    }

    @Test
    void what_becomes_worse_is_told_at_once() {
        tell(0, Verdict.INCONCLUSIVE);
        assertThat(tell(1, Verdict.FAIL)).contains(new Word(Kind.BEGAN, NOON, Verdict.FAIL));
        assertThat(tell(2, Verdict.INCONCLUSIVE)).isEmpty();
    }

    @Test
    void what_nobody_heard_is_told_again() {
        assertThat(memory(0).about(Verdict.FAIL)).isPresent();
        assertThat(memory(1).about(Verdict.FAIL)).map(Word::kind).contains(Kind.BEGAN);

        tell(1, Verdict.FAIL);
        assertThat(memory(2).about(Verdict.PASS)).isPresent();
        assertThat(memory(3).about(Verdict.PASS)).map(Word::kind).contains(Kind.OVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"format\":2,\"verdict\":\"FAIL\",\"since\":\"2026-11-21T12:00:00Z\",\"told\":\"2026-11-21T12:00:00Z\"}",
                "{\"format\":1,\"verdict\":\"FAIL\",\"since\":\"2026-11-21T12:00:00Z\",\"told\":\"2030-01-01T00:00:00Z\"}"
            })
    void a_memory_that_is_damaged_or_of_the_future_holds_no_alarm_back(String content) throws IOException {
        tell(0, Verdict.FAIL);
        Files.writeString(file(), content);

        assertThat(memory(1).about(Verdict.FAIL)).isPresent();
    }

    @Test
    void one_that_others_could_have_written_is_not_believed_and_not_used() throws IOException {
        tell(0, Verdict.FAIL);
        Files.setPosixFilePermissions(state.resolve("watchdog"), PosixFilePermissions.fromString("rwxrwxrwx"));

        Optional<Word> word = memory(1).about(Verdict.FAIL);
        assertThat(word).isPresent();
        assertThat(memory(1).remember(word.orElseThrow()))
                .hasValueSatisfying(it -> assertThat(it).contains("others can look into the folder"));
    }

    @Test
    void one_that_cannot_be_written_silences_nothing() throws IOException {
        Files.writeString(state.resolve("watchdog"), "a file where the folder should be");

        Optional<Word> word = memory(0).about(Verdict.FAIL);
        assertThat(memory(0).remember(word.orElseThrow())).isPresent();
        assertThat(memory(1).about(Verdict.FAIL)).isPresent();
    }

    @Test
    void only_its_user_can_read_it_and_two_ages_are_two_alarms() throws IOException {
        tell(0, Verdict.FAIL);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(new AlarmMemory(state, "orders", Duration.ofHours(2), NOON).about(Verdict.PASS))
                .isEmpty();
    }

    private Optional<Word> tell(int hour, Verdict seen) {
        Optional<Word> word = memory(hour).about(seen);
        word.ifPresent(it -> assertThat(memory(hour).remember(it)).isEmpty());
        return word;
    }

    private AlarmMemory memory(int hour) {
        return new AlarmMemory(state, "orders", LIMIT, NOON.plus(Duration.ofHours(hour)));
    }

    private Path file() {
        return state.resolve("watchdog/orders-PT26H.json");
    }
}
