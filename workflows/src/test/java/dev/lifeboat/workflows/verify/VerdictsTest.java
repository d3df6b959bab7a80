package dev.lifeboat.workflows.verify;

import static dev.lifeboat.workflows.verify.Rehearsal.BACKUP;
import static dev.lifeboat.workflows.verify.Rehearsal.PAGE;
import static dev.lifeboat.workflows.verify.Rehearsal.ends;
import static dev.lifeboat.workflows.verify.Rehearsal.news;
import static dev.lifeboat.workflows.verify.Rehearsal.notice;
import static dev.lifeboat.workflows.verify.Rehearsal.stage;
import static dev.lifeboat.workflows.verify.Rehearsal.start;
import static dev.lifeboat.workflows.verify.Rehearsal.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.VerificationActivities.Waited;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.journal.StepTitles;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of all looks becomes the verdict, and who is told what; remembered (600) and replayed at every task (0). */
class VerdictsTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void one_look_that_fails_is_a_fail_and_the_rest_is_still_looked_at(int cache) {
        world.survey.found.put("holdings in far", fail("'x' is missing"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.lines()).containsExactly("'x' is missing");
            assertThat(world.survey.looks).contains("copy in far");
            assertThat(stage.titles(run)).isEqualTo(PAGE.headings());
            assertThat(world.told).hasSize(2);
            assertThat(world.told.getFirst().happened())
                    .endsWith("are NOT good: 'x' is missing; what is stored is still being read back");
            assertThat(world.told.getFirst().about()).isEqualTo(notice(world).about());
            assertThat(world.told.getFirst().severity()).isEqualTo(notice(world).severity());
            assertThat(told(world)).contains("are NOT good: 'x' is missing", "lifeboat show " + report.run());
            assertThat(news(world)).isEqualTo("FAILED P2");
            assertThat(notice(world).safe()).contains(BACKUP);
            ends(stage, run, "failed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void what_is_bad_is_told_before_hours_of_reading(int cache) {
        world.survey.found.put("newest", fail("there is no backup"));
        world.survey.good = Optional.empty();
        world.doors.hangs("Survey.ReadShare");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called("Survey.ReadShare"));

            assertThat(world.told).hasSize(1);
            assertThat(news(world)).isEqualTo("TROUBLE P1");
            assertThat(told(world)).contains("there is no backup; what is stored is still being read back");
            run.cancel();
            assertThatThrownBy(() -> run.getResult(VerifyReport.class)).hasCauseInstanceOf(CanceledFailure.class);
            ends(stage, run, "cancelled-after-bad-news", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void without_a_good_backup_the_next_move_is_to_make_one(int cache) {
        world.survey.found.put("newest", fail("there is no backup"));
        world.survey.good = Optional.empty();
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.FAIL);
            assertThat(told(world)).contains("make a backup now: lifeboat backup orders");
            assertThat(news(world)).isEqualTo("FAILED P1");
            ends(stage, run, "no-good-backup", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_look_that_is_not_possible_is_inconclusive_and_never_a_pass(int cache) {
        world.doors.fails("Survey.Holdings", () -> new IllegalStateException("the bucket cannot be listed"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(report.lines()).hasSize(2).allMatch(it -> it.contains("the bucket cannot be listed"));
            assertThat(told(world)).startsWith("nobody knows whether the backups of 'orders' are good");
            assertThat(news(world)).isEqualTo("FAILED P3");
            ends(stage, run, "inconclusive", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void what_failed_outweighs_what_nobody_could_look_at(int cache) {
        world.doors.fails("Survey.ReadShare", () -> new IllegalStateException("no"));
        world.survey.found.put("signatures", fail("somebody changed it"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.FAIL);
            assertThat(world.survey.outcomes.getFirst().readUpTo()).isEmpty();
            ends(stage, run, "failed-and-inconclusive", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_warning_passes_and_is_told(int cache) {
        world.survey.found.put("newest", new Verified(Verdict.WARN, 2, 0, List.of("the dump has grown")));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.PASS);
            assertThat(notice(world).happened()).endsWith("8 checks passed: the dump has grown");
            ends(stage, run, "warned", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void nobody_who_reads_is_inconclusive(int cache) {
        try (Stage stage =
                new Stage(cache, List.of(VerifyBackupsRunbook.class), world.without(Queue.READ), new StepTitles())) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(report.lines()).isNotEmpty().allMatch(it -> it.contains("start a worker with --roles read"));
            ends(stage, run, "nobody-reads", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"600, true, FAIL", "0, true, FAIL", "600, false, PASS", "0, false, PASS"})
    void a_scheduled_backup_that_fails_is_a_fail_however_young_the_one_before_is(
            int cache, boolean scheduled, Verdict verdict) {
        world.survey.waited =
                new Waited(Optional.of("backup/orders"), Optional.empty(), Optional.of("disk full"), scheduled);
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.verdict()).isEqualTo(verdict);
            assertThat(report.lines())
                    .containsExactly("the backup that was waited for (backup/orders) made none: disk full");
            ends(stage, run, scheduled ? "scheduled-backup-failed" : "backup-failed", cache);
        }
    }

    private static Verified fail(String line) {
        return new Verified(Verdict.FAIL, 1, 1, List.of(line));
    }
}
