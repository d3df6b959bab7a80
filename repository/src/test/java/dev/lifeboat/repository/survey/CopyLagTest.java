package dev.lifeboat.repository.survey;

import static dev.lifeboat.repository.survey.Shelves.NOW;
import static dev.lifeboat.repository.survey.Shelves.aged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyLagTest {

    private final Seen old = aged("daily", Duration.ofHours(30));
    // Each was done a minute after it was taken.
    private final Seen missed = aged("hourly", Duration.ofMinutes(76));
    private final Seen newest = aged("hourly", Duration.ofMinutes(16));

    @Test
    void the_newest_with_the_same_manifest_and_sizes_passes() {
        Check copy = judged(Shelves.named("far", newest), true);

        assertThat(copy.verdict()).isEqualTo(Verdict.PASS);
        assertThat(copy.subject()).isEqualTo("far");
    }

    @Test
    void a_copy_that_stopped_a_quarter_of_an_hour_ago_is_fifteen_minutes_behind() {
        Check copy = judged(Shelves.named("far", missed, old), true);

        assertThat(copy.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(copy.words()).endsWith("is not in 'far', which is 15 minutes behind and lacks 1");
    }

    @Test
    void the_lag_counts_from_the_first_that_did_not_arrive() {
        assertThat(judged(Shelves.named("far", old), false).words()).endsWith("is 75 minutes behind and lacks 2");
        assertThat(judged(Shelves.named("far", old), false).verdict()).isEqualTo(Verdict.WARN);
        assertThat(judged(Shelves.named("far"), true).words()).contains("lacks 3");
    }

    @Test
    void a_backup_of_a_clock_that_is_ahead_is_no_less_than_no_minutes_behind() {
        Seen ahead = aged("hourly", Duration.ofMinutes(-7));
        Check copy = CopyLag.of(Shelves.of(old, ahead), Shelves.named("far", old), true, NOW);

        assertThat(copy.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(copy.words()).endsWith("is not in 'far', which is 0 minutes behind and lacks 1");
    }

    @Test
    void another_manifest_under_the_same_name_is_no_copy() {
        Seen other = new Seen(
                newest.backup(),
                newest.tag(),
                newest.tiers(),
                newest.taken(),
                newest.done(),
                newest.plainBytes(),
                newest.objects(),
                "a1",
                "cd".repeat(32),
                newest.signature());

        assertThat(judged(Shelves.named("far", other), false).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_manifest_without_its_objects_is_no_copy() {
        Shelf hollow = Shelves.with(Shelves.named("far", newest), List.of());

        assertThat(judged(hollow, false).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void nothing_at_home_is_nothing_to_compare_with() {
        assertThat(CopyLag.of(Shelves.of(), Shelves.named("far"), true, NOW).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    private Check judged(Shelf far, boolean required) {
        return CopyLag.of(Shelves.of(old, missed, newest), far, required, NOW);
    }
}
