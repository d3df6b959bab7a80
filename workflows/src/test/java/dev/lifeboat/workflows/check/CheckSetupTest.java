package dev.lifeboat.workflows.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeChecks;
import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.CheckActivities.Inventory;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckSetupTest {

    private static final CheckRequest REQUEST = new CheckRequest("ann", "abc", false);

    private final FakeWorld world = new FakeWorld();

    @Test
    void a_report_is_as_bad_as_the_worst_that_is_added_to_it() {
        CheckReport good = new CheckReport(new RunName("check-all-20261121T031500Z-k3x9"), Verdict.PASS, List.of());
        Finding bad = new Finding("a", "b", Verdict.FAIL, "c", "");
        Finding unknown = new Finding("a", "b", Verdict.INCONCLUSIVE, "c", "");

        assertThat(good.and(List.of()).verdict()).isEqualTo(Verdict.PASS);
        assertThat(good.and(List.of(unknown)).and(List.of(bad)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(good.and(List.of(bad)).and(List.of(unknown)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(good.and(List.of(bad, unknown)).findings()).containsExactly(bad, unknown);
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void passes_when_everything_works(int cache) {
        try (Stage stage = stage(cache, world.everybody())) {
            WorkflowStub run = start(stage, REQUEST);
            CheckReport report = run.getResult(CheckReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.PASS);
            assertThat(report.run().right()).isEqualTo("check/setup");
            assertThat(report.findings()).hasSize(1 + 2 + 1 + 1 + 1 + 1);
            assertThat(stage.titles(run)).isEqualTo(Page.of("check-setup.md").headings());
            ends(stage, run, "passed-with-notifications", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void says_which_role_nobody_serves_and_goes_on(int cache) {
        try (Stage stage = stage(cache, world.without(Queue.WRITE))) {
            WorkflowStub run = start(stage, REQUEST);
            CheckReport report = run.getResult(CheckReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(report.findings())
                    .filteredOn(it -> it.verdict() == Verdict.INCONCLUSIVE)
                    .hasSize(3)
                    .allSatisfy(it -> assertThat(it.detail()).isEqualTo("no worker serves the role write"));
            assertThat(world.doors.called("DeleteCheck.Canary")).isTrue();
            ends(stage, run, "role-missing", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void a_look_that_fails_is_a_finding_and_outweighs_a_missing_role(int cache) {
        world.doors.fails(
                "WriteCheck.Database",
                () -> FailureType.CONFIGURATION.because("there is no password", "set one in lifeboat.yml"));
        try (Stage stage = stage(cache, world.without(Queue.READ))) {
            WorkflowStub run = start(stage, REQUEST);
            CheckReport report = run.getResult(CheckReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(report.findings())
                    .filteredOn(it -> it.verdict() == Verdict.FAIL)
                    .extracting(Finding::subject, Finding::detail)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    "databases.orders", "there is no password; set one in lifeboat.yml"),
                            org.assertj.core.groups.Tuple.tuple(
                                    "databases.people", "there is no password; set one in lifeboat.yml"));
            ends(stage, run, "failed", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void warns_when_two_read_different_configurations(int cache) {
        world.checks.inventory = new Inventory(List.of(), List.of(), "def", "worker-1");
        try (Stage stage = stage(cache, world.everybody())) {
            WorkflowStub run = start(stage, REQUEST);
            CheckReport report = run.getResult(CheckReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.WARN);
            assertThat(report.findings())
                    .anyMatch(it -> it.detail().contains("abc")
                            && it.detail().contains("def")
                            && it.detail().contains("'worker-1'"));
            ends(stage, run, "different-configurations", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void shows_the_worst_first_when_there_is_more_than_passes_through_temporal(int cache) {
        world.checks.inventory = new Inventory(
                IntStream.range(0, 20).mapToObj("db%d"::formatted).toList(), List.of(), "abc", "worker-1");
        world.checks.databaseFindings = Collections.nCopies(50, FakeChecks.pass("databases." + "x".repeat(50)));
        world.doors.fails("WriteCheck.Database", 2, () -> new IllegalStateException("no route to host"));
        try (Stage stage = stage(cache, world.everybody())) {
            WorkflowStub run = start(stage, REQUEST);
            CheckReport report = run.getResult(CheckReport.class);

            assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(report.findings().getFirst().detail()).isEqualTo("no route to host");
            assertThat(report.findings().getLast().detail()).matches("and \\d+ more findings, .*");
            assertThat(report.findings().getLast().verdict()).isEqualTo(Verdict.PASS);
            stage.replay(run);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void finds_out_that_the_configuration_cannot_be_read(int cache) {
        world.doors.fails("Check.Inventory", () -> FailureType.CONFIGURATION.because("line 3: no such key", "see it"));
        try (Stage stage = stage(cache, world.everybody())) {
            WorkflowStub run = start(stage, REQUEST);

            assertThat(run.getResult(CheckReport.class).verdict()).isEqualTo(Verdict.FAIL);
            ends(stage, run, "configuration-unreadable", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void ends_when_it_is_cancelled(int cache) {
        world.doors.hangs("WriteCheck.Database");
        try (Stage stage = stage(cache, world.everybody())) {
            WorkflowStub run = start(stage, REQUEST);
            Stage.until(() -> world.doors.called("WriteCheck.Database"));
            run.cancel();

            assertThatThrownBy(() -> run.getResult(CheckReport.class)).hasCauseInstanceOf(CanceledFailure.class);
            assertThat(world.doors.called("DeleteCheck.Canary")).isFalse();
            ends(stage, run, "cancelled", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void refuses_in_words_to_run_under_another_id(int cache) {
        try (Stage stage = stage(cache, world.everybody())) {
            WorkflowStub run = stage.start("CheckSetup", "check/other", REQUEST);

            assertThatThrownBy(() -> run.getResult(CheckReport.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("WRONG_RIGHT"));
        }
    }

    private static Stage stage(int cache, List<Stage.Cast> casts) {
        return new Stage(cache, List.of(CheckSetupRunbook.class), casts, new StepTitles());
    }

    private static WorkflowStub start(Stage stage, CheckRequest request) {
        return stage.start("CheckSetup", "check/setup", request);
    }

    private static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("CheckSetup", ending, stage.history(run));
        }
    }
}
