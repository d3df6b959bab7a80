package dev.lifeboat.workflows.backup;

import static dev.lifeboat.workflows.backup.Rehearsal.ends;
import static dev.lifeboat.workflows.backup.Rehearsal.stage;
import static dev.lifeboat.workflows.backup.Rehearsal.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every good ending of {@link BackUpDatabase}, and those before it began; remembered (600) and replayed at every task (0). */
class BackUpDatabaseTest {

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void commits_a_backup_and_stores_its_report(int cache) {
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = start(stage);
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.run().value()).matches("backup-orders-\\d{8}T\\d{6}Z-[0-9a-f]{4}");
            assertThat(report.backup()).isEqualTo(report.run().backup());
            assertThat(report.rows()).isEqualTo(42);
            assertThat(report.report()).isPresent();
            assertThat(world.effects)
                    .containsExactly(
                            "attempt of " + report.backup(),
                            "manifest of " + report.backup() + " with a1",
                            "copy of " + report.backup() + " in far",
                            "report of " + report.run());
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("COMMITTED");
            assertThat(world.lastReport().orElseThrow().backup()).isPresent();
            assertThat(world.told).isEmpty();
            assertThat(world.well).singleElement().satisfies(it -> {
                assertThat(it.about()).isEqualTo("backup/orders");
                assertThat(it.happened())
                        .isEqualTo("backup '%s' is made: 3 tables with 42 rows, 1024 bytes stored", report.backup());
                assertThat(it.safe()).contains("stands in 'main' (2 of 2 copies)");
                assertThat(it.next()).contains("read the warnings");
            });
            assertThat(stage.titles(run)).isEqualTo(Rehearsal.PAGE.headings());
            ends(stage, run, "committed-and-told", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void makes_no_second_backup_for_one_point_in_time(int cache) {
        Instant night = Instant.parse("2026-11-22T02:00:00Z");
        world.made.put(night, "orders-20261122T020000Z-k3x9");
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = stage.start(
                    "BackUpDatabase",
                    "backup/orders",
                    BackupRequest.onSchedule("orders", night, List.of(new Tag("daily"))));
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.alreadyMade()).isTrue();
            assertThat(report.backup()).isEqualTo("orders-20261122T020000Z-k3x9");
            assertThat(world.effects).containsExactly("report of " + report.run());
            assertThat(world.lastReport().orElseThrow().outcome()).isEqualTo("ALREADY_MADE");
            assertThat(world.lastReport().orElseThrow().warnings())
                    .containsExactly("backup 'orders-20261122T020000Z-k3x9' had been made before");
            assertThat(report.report()).isPresent();
            assertThat(world.told).isEmpty();
            assertThat(world.well)
                    .as("whatever was wrong with this point before is over")
                    .singleElement()
                    .satisfies(it -> assertThat(it.about()).isEqualTo("backup/orders"));
            ends(stage, run, "already-made-and-told", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void does_not_say_that_all_is_well_with_a_backup_whose_run_did_not_end_well(int cache) {
        Instant night = Instant.parse("2026-11-22T02:00:00Z");
        world.made.put(night, "orders-20261122T020000Z-k3x9");
        world.madeWell = false;
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = stage.start(
                    "BackUpDatabase",
                    "backup/orders",
                    BackupRequest.onSchedule("orders", night, List.of(new Tag("daily"))));

            assertThat(run.getResult(BackupReport.class).alreadyMade()).isTrue();
            assertThat(world.well).isEmpty();
            ends(stage, run, "already-made-badly", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void needs_no_place_for_a_report_when_there_is_nothing_to_do(int cache) {
        Instant night = Instant.parse("2026-11-22T02:00:00Z");
        world.made.put(night, "orders-20261122T020000Z-k3x9");
        world.doors.fails("Report.Store", () -> new IllegalStateException("the repository is full"));
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = stage.start(
                    "BackUpDatabase",
                    "backup/orders",
                    BackupRequest.onSchedule("orders", night, List.of(new Tag("daily"))));
            BackupReport report = run.getResult(BackupReport.class);

            assertThat(report.alreadyMade()).isTrue();
            assertThat(report.report()).isEmpty();
            assertThat(world.told).isEmpty();
            stage.replay(run);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void takes_the_name_alone_for_a_request(int cache) {
        try (Stage stage = stage(world, cache)) {
            BackupReport report =
                    stage.start("BackUpDatabase", "backup/orders", "orders").getResult(BackupReport.class);

            assertThat(report.run().target()).isEqualTo("orders");
        }
    }

    @ParameterizedTest
    @CsvSource({"backup/people, 600", "backup/people, 0", "9f1c7a1e-6f4b-4a5e-9a53-0b1f6a2f3c11, 600"})
    void refuses_in_words_to_run_under_another_id(String id, int cache) {
        try (Stage stage = stage(world, cache)) {
            WorkflowStub run = stage.start("BackUpDatabase", id, "orders");

            assertThatThrownBy(() -> run.getResult(BackupReport.class))
                    .cause()
                    .isInstanceOfSatisfying(ApplicationFailure.class, it -> {
                        assertThat(it.getType()).isEqualTo("WRONG_RIGHT");
                        assertThat(it.getOriginalMessage())
                                .isEqualTo("this run needs the workflow id 'backup/orders' and has '%s'".formatted(id));
                        assertThat(it.getDetails().get(0, String.class)).contains("--workflow-id backup/orders");
                    });
            assertThat(world.doors.log).isEmpty();
            ends(stage, run, id.startsWith("backup") ? "wrong-id" : "no-id", cache);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Orders", "../etc", "or ders", "o'; drop", "🚢"})
    void refuses_a_name_that_is_none(String name) {
        try (Stage stage = stage(world, 600)) {
            WorkflowStub run = stage.start("BackUpDatabase", "backup/" + name, name);

            assertThatThrownBy(() -> run.getResult(BackupReport.class))
                    .cause()
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            it -> assertThat(it.getType()).isEqualTo("WRONG_RIGHT"));
            assertThat(world.doors.log).isEmpty();
        }
    }
}
