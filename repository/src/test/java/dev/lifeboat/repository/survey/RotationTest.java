package dev.lifeboat.repository.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.store.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {

    private static final Instant START = Instant.parse("2026-11-01T06:00:00Z");
    private static final List<Key> OBJECTS = IntStream.range(0, 300)
            .mapToObj(it -> new Key("databases/orders/backups/b" + it))
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 30})
    void with_a_look_a_day_everything_is_read_within_the_days(int days) {
        Map<Key, Instant> read = new HashMap<>();
        Instant last = START;
        for (int day = 1; day <= 3 * days + 1; day++) {
            Instant now = START.plus(Duration.ofDays(day));
            for (Key object : OBJECTS) {
                Instant before = read.getOrDefault(object, START);
                if (Rotation.of(Duration.ofDays(days), last, now).isDue(object, START)) {
                    read.put(object, now);
                }
                assertThat(Duration.between(before, now)).isLessThanOrEqualTo(Duration.ofDays(days));
            }
            last = now;
        }
        assertThat(read).hasSize(OBJECTS.size());
    }

    @Test
    void a_night_reads_about_its_share_and_not_all() {
        Instant now = START.plus(Duration.ofDays(1));
        long due = OBJECTS.stream()
                .filter(it -> Rotation.of(Duration.ofDays(7), START, now).isDue(it, Instant.EPOCH))
                .count();

        assertThat(due).isBetween(OBJECTS.size() / 12L, OBJECTS.size() / 3L);
    }

    @Test
    void days_without_a_look_are_caught_up_whenever_the_next_one_comes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Key, Integer> together = new HashMap<>();
        Map<Key, Integer> apart = new HashMap<>();
        Instant end = START.plus(Duration.ofDays(5));
        count(together, START, end);
        for (Instant last = START; last.isBefore(end); ) {
            Instant next = last.plusSeconds(1 + random.nextInt(200_000));
            Instant now = next.isAfter(end) ? end : next;
            count(apart, last, now);
            last = now;
        }

        assertThat(apart).as("seed %d", seed).isEqualTo(together);
    }

    @Test
    void after_longer_than_a_cycle_everything_is_due() {
        Rotation rotation = Rotation.of(Duration.ofDays(7), START, START.plus(Duration.ofDays(6)));

        assertThat(OBJECTS).allMatch(it -> rotation.isDue(it, Instant.EPOCH));
    }

    @Test
    void what_was_just_stored_was_just_read() {
        Instant now = START.plus(Duration.ofDays(9));

        assertThat(OBJECTS)
                .noneMatch(it -> Rotation.of(Duration.ofDays(7), START, now).isDue(it, now));
    }

    @Test
    void a_last_look_or_a_storing_that_is_still_to_come_keeps_nothing_from_being_read() {
        Instant future = Instant.parse("9999-12-31T00:00:00Z");
        Instant now = START.plus(Duration.ofDays(9));

        assertThat(OBJECTS)
                .allMatch(it -> Rotation.of(Duration.ofDays(7), future, now).isDue(it, Instant.EPOCH));
        assertThat(OBJECTS)
                .allMatch(it -> Rotation.of(Duration.ofDays(7), START, now).isDue(it, future));
    }

    private static void count(Map<Key, Integer> due, Instant last, Instant now) {
        OBJECTS.stream()
                .filter(it -> Rotation.of(Duration.ofDays(7), last, now).isDue(it, Instant.EPOCH))
                .forEach(it -> due.merge(it, 1, Integer::sum));
    }
}
