package dev.lifeboat.starter.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule that was applied once is still the one that is wanted. The clock goes from 02:00 to 03:00. */
class DefinitionTest {

    private static final Instant APPLIED = Instant.parse("2026-01-15T12:00:00Z");
    private static final LocalDateTime THIS_YEAR = LocalDateTime.parse("2026-03-29T03:00");
    private static final String CLOCK = "its days with a change of the clock";

    @TempDir
    Path folder;

    private WantedSchedule wanted;

    @BeforeEach
    void want() throws IOException {
        wanted = WantedSchedule.of(Settings.load(Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:store", recipients: [age1ye9x3uhsqtq6kard2se8wp4uquexzddl4h0g9wp4fw0ehf56ze7spz58xk] }
                databases:
                  orders: { url: "postgresql://me@127.0.0.1/orders", backup: { schedule: '30 2 * * *', zone: Europe/Berlin } }
                """)))
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-15T12:00:00Z",
                "2026-03-29T00:59:59Z",
                "2026-03-29T01:00:00Z",
                "2026-03-29T01:00:00.5Z",
                "2026-12-31T22:59:59Z",
                "2026-12-31T23:00:00Z",
                "2027-01-01T00:00:00Z",
                "2030-12-31T12:00:00Z",
            })
    void time_alone_makes_no_difference_for_five_years(Instant now) {
        assertThat(at(APPLIED).afterGaps()).contains(Calendar.once(THIS_YEAR)).hasSize(10);
        assertThat(differences(at(APPLIED), now)).isEmpty();
    }

    @Test
    void after_five_years_its_days_run_out() {
        assertThat(differences(at(APPLIED), Instant.parse("2031-01-01T00:00:00Z")))
                .containsExactly(CLOCK);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T03:00, 2026-04-05T03:00, 2026-01-15T12:00:00Z",
        "2026-03-29T03:00, 2026-04-05T03:00, 2026-03-29T00:59:59Z",
        "2026-03-29T03:00, 2026-03-22T03:00, 2026-03-25T12:00:00Z",
        "2027-03-28T03:00, 2027-03-21T03:00, 2026-12-31T12:00:00Z",
        "2027-03-28T03:00, 2027-03-21T03:00, 2027-03-01T12:00:00Z",
    })
    void a_change_of_the_clock_that_was_moved_and_is_still_to_come_has_to_be_applied(
            LocalDateTime is, LocalDateTime was, Instant now) {
        assertThat(differences(moved(is, was), now)).containsExactly(CLOCK);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T03:00, 2026-03-22T03:00, 2026-03-29T01:00:00Z",
        "2026-03-29T03:00, 2026-03-22T03:00, 2026-05-01T12:00:00Z",
        "2036-03-30T03:00, 2035-03-23T03:00, 2026-01-15T12:00:00Z",
    })
    void one_that_is_past_or_far_ahead_makes_no_difference(LocalDateTime is, LocalDateTime was, Instant now) {
        assertThat(differences(moved(is, was), now)).isEmpty();
    }

    private List<String> differences(Definition present, Instant now) {
        return present.differences(at(now), now);
    }

    private Definition at(Instant now) {
        return wanted.definition("home", now);
    }

    /** As it was applied by somebody who knew another day for one change of the clock. */
    private Definition moved(LocalDateTime is, LocalDateTime was) {
        Definition applied = at(APPLIED);
        Set<Calendar> gaps = new LinkedHashSet<>(applied.afterGaps());
        gaps.remove(Calendar.once(is));
        gaps.add(Calendar.once(was));
        return new Definition(
                applied.home(),
                applied.calendars(),
                gaps,
                applied.zone(),
                applied.jitter(),
                applied.catchUp(),
                applied.overlap(),
                applied.pausesOnFailure(),
                applied.runbook(),
                applied.workflowId(),
                applied.taskQueue(),
                applied.request());
    }
}
