package dev.lifeboat.workflows.backup;

import static dev.lifeboat.workflows.backup.Rehearsal.ends;
import static dev.lifeboat.workflows.backup.Rehearsal.followsItsPage;
import static dev.lifeboat.workflows.backup.Rehearsal.stage;
import static dev.lifeboat.workflows.backup.Rehearsal.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.journal.Answer;
import dev.lifeboat.workflows.model.Copy;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes after the commit, first the copies: remembered (600) and replayed at every task (0). */
class CopiesTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void copies_to_every_required_repository_at_the_same_time_and_sweeps_there_too(int cache) {
        world.required = List.of("far", "further");
        world.doors.hangs("Copy.CopyTo");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> calls("Copy.CopyTo") == 2);
            world.doors.goesOn("Copy.CopyTo");
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.copies())
                    .containsExactly(
                            new Copy("main", true, Copy.State.HERE, ""),
                            new Copy("far", true, Copy.State.HERE, ""),
                            new Copy("further", true, Copy.State.HERE, ""));
            assertThat(report.verification()).contains(world.verdict);
            assertThat(report.comparison()).contains(world.comparison);
            assertThat(calls("Sweep.SweepLosers")).isEqualTo(3);
            assertThat(stage.titles(run)).isEqualTo(Rehearsal.PAGE.headings());
            ends(stage, run, "committed-and-copied", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void leaves_out_what_the_policy_does_not_want(int cache) {
        world.required = List.of();
        world.verify = false;
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.copies()).containsExactly(new Copy("main", true, Copy.State.HERE, ""));
            assertThat(report.verification()).isEmpty();
            assertThat(world.doors.called("Copy.CopyTo")).isFalse();
            assertThat(world.doors.called("Verify.Verify")).isFalse();
            followsItsPage(stage, run);
            ends(stage, run, "neither-copied-nor-verified", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_badly_with_a_safe_backup_when_a_required_copy_fails_for_good(int cache) {
        world.required = List.of("far", "further");
        world.away.add("further");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(BackupReport.class))
                    .cause()
                    .isInstanceOfSatisfying(ApplicationFailure.class, it -> {
                        assertThat(it.getType()).isEqualTo(FailureType.COPY_MISSING.name());
                        assertThat(it.getOriginalMessage())
                                .contains(
                                        "is safe in 'main'", "(2 of 3 copies)", "none in 'further'", "does not answer");
                    });

            assertThat(world.effects).anyMatch(it -> it.startsWith("manifest"));
            assertThat(world.effects).filteredOn(it -> it.startsWith("copy")).hasSize(1);
            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            RunReport report = world.lastReport().orElseThrow();
            assertThat(report.outcome()).isEqualTo("FAILED");
            assertThat(report.backup()).isPresent();
            assertThat(report.copies())
                    .extracting(Copy::state)
                    .containsExactly(Copy.State.HERE, Copy.State.HERE, Copy.State.MISSING);
            assertThat(report.warnings()).anyMatch(it -> it.contains("stands in 'main' (2 of 3 copies): 'further'"));
            assertThat(report.verification()).isPresent();
            assertThat(report.comparison()).isPresent();
            assertThat(world.told).hasSize(2);
            assertThat(world.told.getLast().safe()).contains("(2 of 3 copies)");
            assertThat(world.told.getLast().next()).contains("lifeboat copies orders");
            followsItsPage(stage, run);
            ends(stage, run, "copy-missing-and-looked-at", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void copies_only_what_is_missing_when_it_tries_again(int cache) {
        world.required = List.of("far", "further");
        world.away.add("further");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> !world.told.isEmpty());
            int before = calls("Copy.CopyTo");
            world.away.clear();
            run.update("answer", String.class, new Answer(Answer.Kind.RETRY, "ann", "it is back"));
            run.getResult(BackupReport.class);

            assertThat(calls("Copy.CopyTo")).isBetween(before + 1, before + 2);
            assertThat(world.effects).filteredOn(it -> it.startsWith("copy")).hasSize(2);
            ends(stage, run, "copied-on-retry", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_at_once_at_a_terminal_when_only_a_person_can_mend_a_copy(int cache) {
        world.doors.fails(
                "Copy.CopyTo",
                () -> FailureType.REPOSITORY_UNSUITABLE.because("100% denied", "give the writer its right"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run =
                    stage.start("BackUpDatabase", "backup/orders", Map.of("database", "orders", "atTerminal", true));
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(calls("Copy.CopyTo")).isEqualTo(1);
            assertThat(world.lastReport().orElseThrow().problem().orElseThrow())
                    .contains("(1 of 2 copies)", "100% denied; give the writer its right");
            ends(stage, run, "copy-refused-at-terminal-and-looked-at", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void an_aborted_copy_leaves_the_backup_and_says_so(int cache) {
        world.away.add("far");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> !world.told.isEmpty());
            run.update("answer", String.class, new Answer(Answer.Kind.ABORT, "ann", "far is gone for good"));
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("ABORTED");
            assertThat(world.lastReport().orElseThrow().warnings()).anyMatch(it -> it.contains("1 of 2 copies"));
            ends(stage, run, "copy-aborted", cache);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Copy.CopyTo, 600", "Copy.CopyTo, 0",
        "Verify.Verify, 600", "Verify.Verify, 0",
        "Compare.Compare, 600", "Compare.Compare, 0"
    })
    void cancelled_after_the_commit_it_reports_what_stands(String call, int cache) {
        world.doors.hangs(call);
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called(call));
            run.cancel();
            assertThatThrownBy(() -> run.getResult(BackupReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.doors.overlaps).isEmpty();
            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            assertThat(stage.status(run)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
            String copies = call.startsWith("Copy") ? "(1 of 2 copies): 'far' has none" : "(2 of 2 copies)";
            assertThat(world.lastReport().orElseThrow().warnings())
                    .anyMatch(it -> it.contains("stands in 'main' " + copies));
            followsItsPage(stage, run);
            ends(stage, run, "cancelled-at-" + call, cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void an_optional_repository_that_is_away_holds_nothing_up(int cache) {
        world.required = List.of();
        world.optional = List.of("attic");
        world.away.add("attic");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.took()).isLessThan(Duration.ofMinutes(2));
            assertThat(report.copies())
                    .last()
                    .isEqualTo(new Copy(
                            "attic",
                            false,
                            Copy.State.UNDER_WAY,
                            "is on its way by the run copy/%s/attic".formatted(report.backup())));
            WorkflowStub copy = stage.client().newUntypedWorkflowStub("copy/%s/attic".formatted(report.backup()));
            Stage.until(() -> !world.told.isEmpty());
            assertThat(stage.status(copy)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
            world.away.clear();
            CopyReport copied = copy.getResult(CopyReport.class);

            assertThat(copied.from()).isEqualTo("main");
            assertThat(world.effects).contains("copy of %s in attic".formatted(report.backup()));
            ends(stage, run, "optional-away", cache);
        }
    }

    private int calls(String call) {
        return (int) world.doors.log.stream().filter(call::equals).count();
    }
}
