package dev.lifeboat.workflows.verify;

import static dev.lifeboat.workflows.verify.Rehearsal.BACKUP;
import static dev.lifeboat.workflows.verify.Rehearsal.PAGE;
import static dev.lifeboat.workflows.verify.Rehearsal.SO_FAR;
import static dev.lifeboat.workflows.verify.Rehearsal.ends;
import static dev.lifeboat.workflows.verify.Rehearsal.news;
import static dev.lifeboat.workflows.verify.Rehearsal.notice;
import static dev.lifeboat.workflows.verify.Rehearsal.stage;
import static dev.lifeboat.workflows.verify.Rehearsal.start;
import static dev.lifeboat.workflows.verify.Rehearsal.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.VerificationActivities.Waited;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.RunOnScheduleRunbook;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link VerifyBackups} runs and ends, whatever it finds; remembered (600) and replayed at every task (0). */
class VerifyBackupsTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void passes_when_everything_was_looked_at_and_nothing_failed(int cache) {
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            VerifyReport report = run.getResult(VerifyReport.class);

            assertThat(report.run().right()).isEqualTo("verify/orders");
            assertThat(report.verdict()).isEqualTo(Verdict.PASS);
            assertThat(report.good()).contains(BACKUP);
            assertThat(report.readBytes()).isEqualTo(2_048);
            assertThat(world.survey.looks)
                    .containsExactly(
                            "newest",
                            "signatures",
                            "holdings in main",
                            "holdings in far",
                            "copy in far",
                            "share in main",
                            "share in far");
            assertThat(world.effects).containsExactly("record of " + report.run(), "report of " + report.run());
            assertThat(world.survey.outcomes.getFirst().readUpTo()).containsOnlyKeys("main", "far");
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("PASS");
            assertThat(told(world)).startsWith("the backups of 'orders' are good: 7 checks passed");
            assertThat(news(world)).isEqualTo("WELL P4");
            assertThat(stage.titles(run)).doesNotContain(SO_FAR).isSubsetOf(PAGE.headings());
            assertThat(PAGE.allows(stage.titles(run))).isTrue();
            ends(stage, run, "passed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void leaves_the_copies_out_where_there_are_none(int cache) {
        world.required = List.of();
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.PASS);
            assertThat(PAGE.allows(stage.titles(run))).isTrue();
            assertThat(stage.titles(run)).doesNotContain("Check the copies");
            ends(stage, run, "one-repository", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void the_backup_that_was_waited_for_is_the_one_that_has_to_be_there(int cache) {
        world.survey.waited = new Waited(Optional.of("backup/orders"), Optional.of(BACKUP), Optional.empty(), true);
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).waitedFor()).contains("backup/orders");
            assertThat(world.survey.orders).allMatch(it -> it.expected().equals(Optional.of(BACKUP)));
            ends(stage, run, "waited", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_policy_that_cannot_be_loaded_is_told_and_given_up_in_the_end(int cache) {
        world.doors.fails(
                "Verification.Load", () -> FailureType.CONFIGURATION.because("there is no 'orders'", "add it"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(VerifyReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.told).hasSize(2);
            assertThat(world.told.getLast().next()).startsWith("nobody has looked at the backups of 'orders'");
            ends(stage, run, "no-policy", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_verdict_that_nobody_hears_does_not_fail_the_run(int cache) {
        world.doors.fails("Notification.Announce", () -> new IllegalStateException("no line"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);

            assertThat(run.getResult(VerifyReport.class).verdict()).isEqualTo(Verdict.PASS);
            ends(stage, run, "nobody-told", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Verification.AwaitBackup, 600",
        "Verification.AwaitBackup, 0",
        "Survey.ReadShare, 600",
        "Survey.ReadShare, 0"
    })
    void cancelled_it_stops_looking_and_says_so_in_its_report(String call, int cache) {
        world.doors.hangs(call);
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called(call));
            run.cancel();

            assertThatThrownBy(() -> run.getResult(VerifyReport.class)).hasCauseInstanceOf(CanceledFailure.class);
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("CANCELLED");
            assertThat(world.lastReport().orElseThrow().warnings()).isEmpty();
            assertThat(world.told).isEmpty();
            assertThat(PAGE.allows(stage.titles(run))).isTrue();
            ends(stage, run, "cancelled-at-" + call, cache);
        }
    }

    @ParameterizedTest
    @CsvSource({"600, PASS", "0, PASS", "600, FAIL", "0, FAIL"})
    void its_schedule_has_run_it_whatever_its_verdict_is(int cache, Verdict verdict) {
        world.survey.found.put("signatures", new Verified(verdict, 1, 0, List.of()));
        world.until = Instant.parse("2026-11-23T00:00:00Z");
        try (Stage stage = new Stage(
                cache,
                List.of(VerifyBackupsRunbook.class, RunOnScheduleRunbook.class),
                world.everybody(),
                new StepTitles())) {
            WorkflowStub run = stage.start(
                    "RunOnSchedule",
                    "on-schedule/verify/orders/daily-2026-11-22T02:30:00Z",
                    Map.of("right", "verify/orders", "rhythm", "daily", "since", "2026-11-01T12:00:00Z"));
            ScheduleReport report = run.getResult(ScheduleReport.class);

            assertThat(report.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Made.class, it -> assertThat(it.what()).startsWith("verify-orders-"));
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo(verdict.name());
            assertThat(world.lastReport().orElseThrow().operator()).isEqualTo("schedule");
            assertThat(notice(world).about()).isEqualTo("verify/orders");
            stage.replay(run);
            if (cache > 0) {
                RecordedHistories.record(
                        "RunOnSchedule", "verified-" + verdict.name().toLowerCase(Locale.ROOT), stage.history(run));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify/people", "backup/orders", "anything"})
    void refuses_in_words_to_run_under_another_id(String id) {
        try (Stage stage = stage(world, 600)) {
            WorkflowStub run = stage.start("VerifyBackups", id, "orders");

            assertThatThrownBy(() -> run.getResult(VerifyReport.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("WRONG_RIGHT"));
            assertThat(world.doors.log).isEmpty();
        }
    }
}
