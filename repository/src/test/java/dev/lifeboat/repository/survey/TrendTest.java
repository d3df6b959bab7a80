package dev.lifeboat.repository.survey;

import static dev.lifeboat.repository.survey.Shelves.aged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {

    @ParameterizedTest
    @CsvSource({"1300, PASS", "1301, WARN", "700, PASS", "699, WARN", "0, FAIL", "9223372036854775807, WARN"})
    void thirty_per_cent_of_the_mean_of_the_last_seven_is_the_boundary(long bytes, Verdict verdict) {
        List<Seen> backups = new ArrayList<>(List.of(aged("daily", Duration.ofHours(1), bytes)));
        for (int day = 1; day <= 7; day++) {
            backups.add(aged("daily", Duration.ofHours(1 + 24L * day), day % 2 == 0 ? 900 : 1_075));
        }
        backups.add(aged("daily", Duration.ofDays(9), 1_000_000)); // the eighth is no part of the mean
        assertThat(mean(backups.subList(1, 8))).isEqualTo(1_000);

        Check size = only(Trend.of(Shelves.of(backups.toArray(Seen[]::new)), Set.of("daily"), 30));

        assertThat(size.verdict()).isEqualTo(verdict);
    }

    @Test
    void the_first_of_its_kind_is_said_to_be_it() {
        Check size = only(Trend.of(Shelves.of(aged("daily", Duration.ofHours(1))), Set.of("daily"), 30));

        assertThat(size.verdict()).isEqualTo(Verdict.PASS);
        assertThat(size.words()).endsWith("with 1000 bytes is the first of its kind");
    }

    @Test
    void kinds_are_never_mixed() {
        Shelf shelf = Shelves.of(
                aged("hourly", Duration.ofHours(1), 10),
                aged("weekly", Duration.ofHours(2), 5_000),
                aged("hourly", Duration.ofHours(3), 10),
                aged("weekly", Duration.ofDays(8), 5_000));

        assertThat(Trend.of(shelf, Set.of("hourly", "weekly"), 30))
                .hasSize(2)
                .extracting(Check::verdict)
                .containsOnly(Verdict.PASS);
    }

    @Test
    void an_old_one_of_a_kind_nobody_makes_any_more_is_left_alone() {
        Shelf shelf = Shelves.of(
                aged("daily", Duration.ofHours(1)),
                aged("manual", Duration.ofDays(90), 5),
                aged("manual", Duration.ofDays(91), 500));

        assertThat(only(Trend.of(shelf, Set.of("daily"), 30)).subject()).isEqualTo("daily");
    }

    @Test
    void what_comes_after_empty_dumps_is_named_and_divides_by_nothing() {
        Shelf shelf = Shelves.of(aged("daily", Duration.ofHours(1), 5), aged("daily", Duration.ofHours(25), 0));

        assertThat(only(Trend.of(shelf, Set.of(), 30)).verdict()).isEqualTo(Verdict.WARN);
    }

    private static double mean(List<Seen> backups) {
        return backups.stream().mapToLong(Seen::plainBytes).average().orElse(0);
    }

    private static Check only(List<Check> checks) {
        assertThat(checks).hasSize(1);
        return checks.getFirst();
    }
}
