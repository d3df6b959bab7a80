package dev.lifeboat.workers.month;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.workers.judgement.Judgement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A year and a month of backups that come once a week, once a month and once a year, all at two o'clock. */
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ThirteenMonthsTest {

    private static final Instant FROM = Instant.parse("2025-12-31T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-01-31T00:00:00Z");
    private static final String SCHEDULES = """
            backup:
                  schedule:
                    weekly: "0 2 * * SUN"
                    monthly: "0 2 1 * *"
                    yearly: "0 2 1 1 *"
                verification: { schedule: off }
            """;

    @TempDir
    private Path folder;

    @Test
    void every_first_of_a_month_has_one_backup_and_it_serves_each_rhythm_of_that_day() {
        try (Month months = new Month(folder, FROM, UNTIL, SCHEDULES, LongDumps.none())) {
            months.pass();
            Judgement judgement = months.judgement();
            judgement.nothingIsLeftOpen();
            judgement.noPointIsLostWithoutBeingReported();
            judgement.nothingIsMadeTwice();
            judgement.alerts().thereAreNone();

            Map<Instant, List<String>> tiers = months.ledger().backups("orders").stream()
                    .collect(Collectors.toMap(it -> it.nominal().orElseThrow(), Manifest::tiers));
            assertThat(of("monthly", tiers)).containsExactlyInAnyOrderElementsOf(firsts());
            assertThat(of("yearly", tiers)).containsExactlyInAnyOrder(first(2026, 1), first(2027, 1));
            assertThat(of("weekly", tiers)).hasSize(56);
            assertThat(Stream.of(first(2026, 2), first(2026, 3), first(2026, 11)))
                    .as("firsts that are Sundays")
                    .allSatisfy(it -> assertThat(tiers.get(it)).containsExactly("monthly", "weekly"));
            assertThat(tiers.get(first(2026, 1))).containsExactly("yearly", "monthly");
        }
    }

    private static List<Instant> of(String rhythm, Map<Instant, List<String>> tiers) {
        return tiers.entrySet().stream()
                .filter(it -> it.getValue().contains(rhythm))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Twelve of 2026, and one more. */
    private static List<Instant> firsts() {
        return Stream.concat(
                        IntStream.rangeClosed(1, 12).mapToObj(month -> first(2026, month)), Stream.of(first(2027, 1)))
                .toList();
    }

    private static Instant first(int year, int month) {
        return Instant.parse("%d-%02d-01T02:00:00Z".formatted(year, month));
    }
}
