package dev.lifeboat.workers.month;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workers.judgement.Judgement;
import dev.lifeboat.workers.judgement.Ledger;
import dev.lifeboat.workflows.model.News;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that come each hour, also when one of them takes longer than that. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HourlyBackupsTest {

    private static final Instant FIRST = Instant.parse("2026-12-09T00:00:00Z");
    private static final String SCHEDULES = """
            backup:
                  schedule: { hourly: "0 * * * *" }
                verification: { schedule: off }
            """;

    @TempDir
    private Path folder;

    @Test
    void in_25_hours_every_hour_has_its_backup_and_the_newest_is_less_than_two_hours_old() {
        try (Month day = day(25, LongDumps.none())) {
            Ledger ledger = passed(day);

            assertThat(points(ledger)).containsExactlyInAnyOrderElementsOf(hours(25));
            assertThat(points(ledger))
                    .last()
                    .satisfies(it -> assertThat(it).isAfter(end(25).minus(Duration.ofHours(2))));
            assertThat(ledger.heard()).isEmpty();
        }
    }

    @Test
    void a_dump_of_70_minutes_costs_the_next_point_which_is_told_and_nothing_is_made_beside_it() {
        Instant longOne = FIRST.plus(Duration.ofHours(2));
        Instant next = longOne.plus(Duration.ofHours(1));
        try (Month day = day(6, new LongDumps(Map.of(longOne, Duration.ofMinutes(70))))) {
            Ledger ledger = passed(day);

            assertThat(points(ledger))
                    .containsExactlyInAnyOrderElementsOf(
                            hours(6).stream().filter(it -> !it.equals(next)).toList());
            assertThat(ledger.backups("orders"))
                    .filteredOn(it -> it.nominal().orElseThrow().equals(longOne))
                    .singleElement()
                    .satisfies(it -> assertThat(it.end())
                            .isBetween(longOne.plus(Duration.ofMinutes(70)), longOne.plus(Duration.ofMinutes(71))));
            assertThat(ledger.heard())
                    .filteredOn(it -> it.notice().news() != News.WELL)
                    .singleElement()
                    .satisfies(it ->
                            assertThat(it.notice().happened()).isEqualTo("no hourly run of backup/orders for " + next));
        }
    }

    private Month day(int hours, LongDumps dumps) {
        return new Month(folder, FIRST.minusSeconds(60), end(hours), SCHEDULES, dumps);
    }

    private static Ledger passed(Month day) {
        day.pass();
        Judgement judgement = day.judgement();
        judgement.nothingIsLeftOpen();
        judgement.noPointIsLostWithoutBeingReported();
        judgement.nothingIsMadeTwice();
        judgement.everyBackupIsWhole();
        return day.ledger();
    }

    private static List<Instant> points(Ledger ledger) {
        return ledger.backups("orders").stream()
                .map(it -> it.nominal().orElseThrow())
                .sorted()
                .toList();
    }

    private static List<Instant> hours(int count) {
        return Stream.iterate(FIRST, it -> it.plus(Duration.ofHours(1)))
                .limit(count)
                .toList();
    }

    private static Instant end(int hours) {
        return FIRST.plus(Duration.ofHours(hours)).minusSeconds(60);
    }
}
