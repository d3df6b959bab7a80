package dev.lifeboat.workflows.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.backup.BackUpDatabaseRunbook;
import dev.lifeboat.workflows.backup.BackupReport;
import dev.lifeboat.workflows.backup.CopyBackupRunbook;
import dev.lifeboat.workflows.backup.CopyReport;
import dev.lifeboat.workflows.journal.StepTitles;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server of a database, or a repository, does not answer for hours and days, and nobody is there to see it. */
class ProviderIsAwayTest {

    private static final String BACKUP = "orders-20261121T020000Z-k3x9";

    private final FakeWorld world = new FakeWorld();

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void for_three_hours_it_is_one_incident_and_the_backup_is_made_after_its_return(int cache) {
        world.giveUpAfter = Duration.ofHours(12);
        world.doors.fails("Backup.Take", ProviderIsAwayTest::away);
        try (Stage stage = stage(cache)) {
            WorkflowStub run = backUp(stage);
            stage.hoursPass(3);
            assertThat(heardBy("pager")).containsExactly("P2 BEGAN");
            world.doors.mended("Backup.Take");
            BackupReport report = run.getResult(BackupReport.class);
            WorkflowStub incident = incident(stage, "backup/orders");
            incident.getResult(IncidentReport.class);

            assertThat(report.took()).isBetween(Duration.ofHours(3), Duration.ofMinutes(200));
            assertThat(heardBy("pager")).containsExactly("P2 BEGAN", "P2 OVER");
            assertThat(heardBy("chat")).containsExactly("P2 BEGAN", "P2 OVER");
            assertThat(last().notice().happened()).contains("backup '%s' is made".formatted(report.backup()));
            stage.replay(incident);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void for_longer_than_the_policy_bears_it_gives_up_and_says_so_and_the_second_missed_day_is_p1(int cache) {
        world.giveUpAfter = Duration.ofHours(12);
        world.doors.fails("Backup.Take", ProviderIsAwayTest::away);
        try (Stage stage = stage(cache)) {
            missANight(stage);
            assertThat(heardBy("pager")).containsExactly("P2 BEGAN", "P2 FAILED");
            assertThat(last().notice().safe()).contains("earlier backups stand as they were");
            assertThat(last().notice().next()).contains("lifeboat backup orders");
            stage.hoursPass(11);
            missANight(stage);

            assertThat(heardBy("pager")).containsExactly("P2 BEGAN", "P2 FAILED", "P1 REMINDER", "P1 FAILED");
            assertThat(last().ended()).hasSize(2).allMatch(it -> it.contains("the server does not answer"));
            world.doors.mended("Backup.Take");
            backUp(stage).getResult(BackupReport.class);
            incident(stage, "backup/orders").getResult(IncidentReport.class);
            assertThat(heardBy("pager")).last().isEqualTo("P1 OVER");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 0})
    void an_optional_copy_that_is_missing_is_told_and_that_it_arrived_as_well(int cache) {
        world.away.add("far");
        try (Stage stage = stage(cache)) {
            WorkflowStub run =
                    stage.start("CopyBackup", "copy/" + BACKUP + "/far", Map.of("backup", BACKUP, "repository", "far"));
            stage.hoursPass(5);
            assertThat(heardBy("chat")).containsExactly("P3 BEGAN");
            world.away.clear();
            run.getResult(CopyReport.class);
            incident(stage, "copy/orders/far").getResult(IncidentReport.class);

            assertThat(heardBy("chat")).containsExactly("P3 BEGAN", "P3 OVER");
        }
    }

    // Time is let go on by hours: who waits for a result lets it fly until there is one, and a slow machine then sees
    // days
    // pass in which nobody has done anything yet.
    private void missANight(Stage stage) {
        WorkflowStub run = backUp(stage);
        stage.hoursPass(13);
        Stage.until(() -> stage.status(run) == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED);
        Stage.until(() -> last().kind().name().equals("FAILED"));
    }

    private static WorkflowStub backUp(Stage stage) {
        return stage.start("BackUpDatabase", "backup/orders", "orders");
    }

    private static WorkflowStub incident(Stage stage, String about) {
        return stage.client().newUntypedWorkflowStub("incident/" + about);
    }

    private List<String> heardBy(String channel) {
        return world.heard.stream()
                .filter(it -> it.startsWith(channel))
                .map(it -> it.substring(channel.length() + 2))
                .toList();
    }

    private Telling last() {
        return world.tellings.getLast();
    }

    private Stage stage(int cache) {
        world.incidents = true;
        return new Stage(
                cache,
                List.of(IncidentRunbook.class, BackUpDatabaseRunbook.class, CopyBackupRunbook.class),
                world.everybody(),
                new StepTitles());
    }

    private static RuntimeException away() {
        return new IllegalStateException("the server does not answer");
    }
}
