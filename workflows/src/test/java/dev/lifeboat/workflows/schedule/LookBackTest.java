package dev.lifeboat.workflows.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.model.Tag;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookBackTest {

    private static final Instant EARLY = Instant.parse("2026-11-20T02:00:00Z");
    private static final Instant LATE = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void a_schedule_whose_times_were_changed_after_its_last_run_has_missed_none_of_the_new_ones_before() {
        assertThat(LookBack.of(request(Optional.of(LATE)), Optional.of(EARLY)).from())
                .contains(LATE);
    }

    @Test
    void what_the_last_run_has_looked_at_is_not_looked_at_again() {
        assertThat(LookBack.of(request(Optional.of(EARLY)), Optional.of(LATE)).from())
                .contains(LATE);
    }

    @Test
    void who_knows_one_of_both_begins_there_and_who_knows_neither_does_not_look() {
        assertThat(LookBack.of(request(Optional.of(EARLY)), Optional.empty()).from())
                .contains(EARLY);
        assertThat(LookBack.of(request(Optional.empty()), Optional.of(LATE)).from())
                .contains(LATE);
        assertThat(LookBack.of(request(Optional.empty()), Optional.empty()).from())
                .isEmpty();
    }

    private static ScheduleRequest request(Optional<Instant> since) {
        return new ScheduleRequest("backup/orders", new Tag("daily"), since);
    }
}
