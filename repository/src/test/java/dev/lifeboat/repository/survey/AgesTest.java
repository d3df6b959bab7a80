package dev.lifeboat.repository.survey;

import static dev.lifeboat.repository.survey.Shelves.NOW;
import static dev.lifeboat.repository.survey.Shelves.aged;
import static dev.lifeboat.repository.survey.Shelves.unsigned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgesTest {

    private static final Map<String, Duration> HOURLY = Map.of("hourly", Duration.ofHours(2));
    private static final Map<String, Duration> DAILY = Map.of("daily", Duration.ofHours(25));

    @ParameterizedTest
    @CsvSource({
        "hourly, 2, PT1H59M, PASS",
        "hourly, 2, PT2H, PASS",
        "hourly, 2, PT2H0.001S, FAIL",
        "hourly, 2, PT2H1M, FAIL",
        "daily, 25, PT24H59M, PASS",
        "daily, 25, PT25H1M, FAIL",
        "daily, 25, PT47H, FAIL",
    })
    void a_limit_holds_to_the_minute(String tier, int hours, Duration age, Verdict verdict) {
        List<Check> checks = Ages.of(Shelves.of(aged(tier, age)), Map.of(tier, Duration.ofHours(hours)), NOW);

        assertThat(checks).singleElement().extracting(Check::verdict).isEqualTo(verdict);
        assertThat(checks.getFirst().words())
                .contains("the newest " + tier + " backup", " old and may be " + hours + " h");
    }

    @ParameterizedTest
    @CsvSource({
        "PT24H59M59.999S, 24 h 59 min, PASS",
        "PT25H, 25 h, PASS",
        "PT25H0.000000001S, 25 h 1 min, FAIL",
        "PT25H40S, 25 h 1 min, FAIL",
        "PT25H1M, 25 h 1 min, FAIL",
        "PT25H59M30S, 26 h, FAIL",
    })
    void what_is_too_old_never_reads_as_old_as_it_may_be(Duration age, String words, Verdict verdict) {
        Check check = Ages.of(Shelves.of(aged("daily", age)), DAILY, NOW).getFirst();

        assertThat(check.verdict()).isEqualTo(verdict);
        assertThat(check.words()).endsWith(" is " + words + " old and may be 25 h");
    }

    @Test
    void a_young_backup_of_another_kind_does_not_hide_an_old_one() {
        Shelf shelf = Shelves.of(aged("hourly", Duration.ofMinutes(10)), aged("daily", Duration.ofHours(47)));

        assertThat(verdicts(Ages.of(shelf, DAILY, NOW))).containsExactly(Verdict.FAIL);
        assertThat(verdicts(Ages.of(shelf, HOURLY, NOW))).containsExactly(Verdict.PASS);
    }

    @Test
    void a_backup_of_a_clock_that_is_a_little_ahead_has_no_age_yet() {
        assertThat(Ages.of(Shelves.of(aged("daily", Duration.ofMinutes(-3))), DAILY, NOW)
                        .getFirst()
                        .words())
                .contains(" is 0 min old");
    }

    @Test
    void any_kind_will_do_where_any_is_asked_for() {
        Shelf shelf = Shelves.of(aged("manual", Duration.ofHours(3)), aged("daily", Duration.ofHours(47)));

        assertThat(Ages.of(shelf, Map.of(Ages.ANY, Duration.ofHours(26)), NOW)
                        .getFirst()
                        .words())
                .startsWith("the newest backup 'orders-20261121T030000Z-k3x9' is 3 h old");
    }

    @Test
    void a_backup_that_is_not_signed_as_it_should_be_does_not_count() {
        Shelf shelf = Shelves.of(unsigned("daily", Duration.ofHours(1)), aged("daily", Duration.ofHours(26)));

        assertThat(verdicts(Ages.of(shelf, DAILY, NOW))).containsExactly(Verdict.FAIL);
    }

    @Test
    void none_that_counts_is_another_trouble_than_none_at_all() {
        Check forged = Ages.of(Shelves.of(unsigned("daily", Duration.ofHours(1))), DAILY, NOW)
                .getFirst();
        Check none = Ages.of(Shelves.of(), DAILY, NOW).getFirst();

        assertThat(forged.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(forged.words()).contains("none of the 1 backups of 'orders' in 'main' counts");
        assertThat(none.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(none.words())
                .isEqualTo("there is no backup of 'orders' in 'main' (repository id-1), only of people");
    }

    @Test
    void a_kind_that_is_not_due_yet_is_not_missing() {
        Map<String, Duration> weekly = Map.of("weekly", Duration.ofHours(193));

        assertThat(verdicts(Ages.of(Shelves.of(aged("daily", Duration.ofHours(20))), weekly, NOW)))
                .containsExactly(Verdict.PASS);
        assertThat(verdicts(Ages.of(
                        Shelves.of(aged("daily", Duration.ofHours(20)), aged("daily", Duration.ofHours(194))),
                        weekly,
                        NOW)))
                .containsExactly(Verdict.FAIL);
    }

    @Test
    void backups_of_a_clock_that_is_a_little_ahead_began_just_now() {
        Shelf shelf = Shelves.of(aged("daily", Duration.ofMinutes(-3)));

        assertThat(Ages.of(shelf, Map.of("weekly", Duration.ofHours(193)), NOW)
                        .getFirst()
                        .words())
                .endsWith("backups of 'orders' began 0 min ago");
    }

    @Test
    void a_backup_from_the_future_keeps_nothing_young() {
        Shelf shelf = Shelves.of(aged("daily", Duration.ofHours(-9_000)), aged("daily", Duration.ofHours(47)));

        assertThat(verdicts(Ages.of(shelf, DAILY, NOW))).containsExactly(Verdict.WARN, Verdict.FAIL);
    }

    @ParameterizedTest
    @CsvSource({"PT4H, PASS", "PT4H9M, PASS", "PT4H11M, FAIL", "PT24H30M, FAIL"})
    void yesterdays_is_not_tonights_however_young_it_is(Duration age, Verdict verdict) {
        Map<String, Instant> tonight = Map.of("daily", NOW.minus(Duration.ofHours(4)));

        assertThat(verdicts(Ages.due(Shelves.of(aged("daily", age)), tonight, NOW)))
                .containsExactly(verdict);
        assertThat(Ages.due(Shelves.of(aged("manual", age)), tonight, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hourly", "monthly", Ages.ANY})
    void the_backup_that_is_advised_ends_what_was_too_old_or_missing(String tier) {
        Map<String, Duration> limits = Map.of(tier, Duration.ofHours(2));

        for (String before : List.of(tier, "other")) {
            Seen old = aged(before, Duration.ofHours(3));
            Check wrong = Ages.of(Shelves.of(old), limits, NOW).getFirst();
            Shelf afterwards = Shelves.of(aged(tagIn(wrong.hint()), Duration.ZERO), old);

            assertThat(wrong.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(verdicts(Ages.of(afterwards, limits, NOW))).containsExactly(Verdict.PASS);
        }
    }

    @Test
    void the_backup_that_is_advised_is_the_one_that_was_due() {
        Map<String, Instant> points = Map.of("monthly", NOW.minus(Duration.ofMinutes(30)));
        Seen old = aged("monthly", Duration.ofDays(31));
        Check wrong = Ages.due(Shelves.of(old), points, NOW).getFirst();
        Shelf afterwards = Shelves.of(aged(tagIn(wrong.hint()), Duration.ZERO), old);

        assertThat(wrong.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(verdicts(Ages.due(afterwards, points, NOW))).containsExactly(Verdict.PASS);
    }

    private static String tagIn(String hint) {
        Matcher advice =
                Pattern.compile("lifeboat backup orders(?: --tag (\\w+))?,").matcher(hint);
        assertThat(advice.find()).as(hint).isTrue();
        return Optional.ofNullable(advice.group(1)).orElse("manual");
    }

    @Test
    void without_a_limit_nothing_is_judged() {
        assertThat(verdicts(Ages.of(Shelves.of(aged("daily", Duration.ofHours(1))), Map.of(), NOW)))
                .containsExactly(Verdict.INCONCLUSIVE);
    }

    private static List<Verdict> verdicts(List<Check> checks) {
        return checks.stream().map(Check::verdict).toList();
    }
}
