package dev.lifeboat.workflows.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.Copy;
import dev.lifeboat.workflows.model.Severity;
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

/** Every ending of {@link CopyBackup}, each remembered by the worker (600) and replayed at every task (0). */
class CopyBackupTest {

    private static final Page PAGE = Page.of("copy-backup.md");
    private static final String BACKUP = "orders-20261121T020000Z-k3x9";
    private static final String RIGHT = "copy/" + BACKUP + "/far";

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void copies_and_stores_its_report_where_the_backup_comes_from(int cache) {
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            CopyReport report = run.getResult(CopyReport.class);

            assertThat(report.run().value()).startsWith("copy-" + BACKUP + ".far-");
            assertThat(report.run().right()).isEqualTo(RIGHT);
            assertThat(report.from()).isEqualTo("main");
            assertThat(world.effects).containsExactly("copy of " + BACKUP + " in far", "report of " + report.run());
            assertThat(world.lastReport().orElseThrow().repository()).isEqualTo("main");
            assertThat(world.lastReport().orElseThrow().copies())
                    .extracting(Copy::state)
                    .containsOnly(Copy.State.HERE);
            assertThat(world.told).isEmpty();
            assertThat(stage.titles(run)).isEqualTo(PAGE.headings());
            ends(stage, run, "copied-on-its-way", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void tries_for_days_and_says_when_the_trouble_is_over(int cache) {
        world.doors.fails("Copy.CopyTo", 200, () -> new IllegalStateException("'far' does not answer"));
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            CopyReport report = run.getResult(CopyReport.class);

            assertThat(report.took()).isGreaterThan(Duration.ofDays(1));
            assertThat(world.told).singleElement().satisfies(it -> {
                assertThat(it.about()).isEqualTo("copy/orders/far");
                assertThat(it.severity()).isEqualTo(Severity.P3);
                assertThat(it.next()).contains("tried again by itself");
            });
            assertThat(world.well).singleElement().satisfies(it -> {
                assertThat(it.about()).isEqualTo("copy/orders/far");
                assertThat(it.happened()).isEqualTo("'%s' is in 'far'", BACKUP);
            });
            ends(stage, run, "recovered-on-its-way", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void gives_up_after_a_week_and_says_so(int cache) {
        world.away.add("far");
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            assertThatThrownBy(() -> run.getResult(CopyReport.class)).isInstanceOf(WorkflowFailedException.class);

            assertThat(world.told).hasSize(2);
            assertThat(world.told.getLast().next()).contains("nobody tries any more", "start " + RIGHT + " again");
            assertThat(world.lastReport().orElseThrow().copies())
                    .last()
                    .isEqualTo(new Copy("far", false, Copy.State.MISSING, "'far' does not answer; start it"));
            assertThat(stage.history(run).getEvents()).hasSizeLessThan(10_000);
            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            if (cache > 0) {
                stage.replay(run);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Policy.LoadCopyPolicy, 600", "Copy.CopyTo, 600", "Copy.CopyTo, 0", "Sweep.SweepLosers, 600"})
    void stops_and_removes_nothing_when_it_is_cancelled(String call, int cache) {
        world.doors.hangs(call);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = start(stage);
            Stage.until(() -> world.doors.called(call));
            run.cancel();
            assertThatThrownBy(() -> run.getResult(CopyReport.class)).hasCauseInstanceOf(CanceledFailure.class);

            assertThat(world.doors.called("Sweep.Discard")).isFalse();
            assertThat(world.reports).hasSize(call.startsWith("Policy") ? 0 : 1);
            assertThat(PAGE.allows(stage.allTitles(run))).isTrue();
            ends(stage, run, "cancelled-at-" + call, cache);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "copy/orders, orders-20261121T020000Z-k3x9, far",
        "copy/orders-20261121T020000Z-k3x9/main, orders-20261121T020000Z-k3x9, far",
        "copy/x/far, x, far",
        "copy/orders-20261121T020000Z-k3x9/.., orders-20261121T020000Z-k3x9, .."
    })
    void refuses_in_words_to_run_under_another_id_or_for_no_backup(String id, String backup, String repository) {
        try (Stage stage = stage(600)) {
            WorkflowStub run = stage.start("CopyBackup", id, Map.of("backup", backup, "repository", repository));

            assertThatThrownBy(() -> run.getResult(CopyReport.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("WRONG_RIGHT"));
            assertThat(world.doors.log).isEmpty();
        }
    }

    private Stage stage(int cache) {
        return new Stage(cache, List.of(CopyBackupRunbook.class), world.everybody(), new StepTitles());
    }

    private static WorkflowStub start(Stage stage) {
        return stage.start("CopyBackup", RIGHT, Map.of("backup", BACKUP, "repository", "far"));
    }

    private static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("CopyBackup", ending, stage.history(run));
        }
    }
}
