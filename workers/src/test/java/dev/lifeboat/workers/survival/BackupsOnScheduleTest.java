package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.starter.schedules.Change;
import dev.lifeboat.starter.schedules.Homes;
import dev.lifeboat.starter.schedules.Schedules;
import dev.lifeboat.starter.schedules.WantedSchedule;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real schedules of a real server, each minute: every point has one backup, whatever is away. */
@Tag("slow")
@Timeout(300)
class BackupsOnScheduleTest {

    @Test
    void a_worker_that_was_away_over_a_point_makes_one_backup_afterwards() {
        try (Shop shop = Shop.open(10)) {
            apply(shop, eachMinute(shop));
            Instant point = nextPoint();

            awaitTime(point.plusSeconds(5));
            shop.worker();

            Manifest made = awaitBackup(shop);
            assertThat(made.tiers()).containsExactly("hourly");
            assertThat(made.tag()).contains("hourly");
            // Slow machines may see the next point before the worker looks: the newest one counts then.
            assertThat(made.nominal().orElseThrow()).isBetween(point, made.begin());
            assertThat(reportOf(shop, made.nominal().orElseThrow()).outcome())
                    .isEqualTo(new Outcome.Made(made.backup().value()));
            onePointOneBackup(shop);
        }
    }

    @Test
    void a_server_that_was_away_over_a_point_makes_one_backup_afterwards() {
        try (Shop shop = Shop.open(10)) {
            shop.worker();
            apply(shop, eachMinute(shop));
            Instant point = nextPoint();

            awaitTime(point.minusSeconds(8));
            shop.temporal().kill();
            awaitTime(point.plusSeconds(8));
            shop.temporal().startAgain();

            await("the backup of " + point)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() ->
                            backups(shop).stream().anyMatch(it -> it.nominal().equals(Optional.of(point))));
            onePointOneBackup(shop);
        }
    }

    @Test
    void a_backup_by_hand_for_the_same_rhythm_is_waited_for_and_none_is_made_beside_it() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            shop.worker(Shop.SLOWLY);
            apply(shop, eachMinute(shop));
            Instant point = nextPoint();
            awaitTime(point.minusSeconds(5));
            WorkflowStub byHand = shop.backUpFor("hourly");

            assertThat(shop.awaitEnd(byHand, Duration.ofMinutes(2)))
                    .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);

            assertThat(reportOf(shop, point).outcome()).isInstanceOf(Outcome.Joined.class);
            assertThat(backups(shop).stream().filter(it -> it.begin().isBefore(point.plusSeconds(55))))
                    .hasSize(1)
                    .allMatch(it -> it.nominal().isEmpty());
        }
    }

    /** The next one that leaves time for what has to be done before. */
    private static Instant nextPoint() {
        return Instant.now().plusSeconds(75).truncatedTo(ChronoUnit.MINUTES);
    }

    /** A minute stands for an hour: the rhythm's name only says how long a backup is kept. */
    private static Settings eachMinute(Shop shop) {
        return shop.scheduled("schedule: { hourly: '* * * * *' }");
    }

    private static void apply(Shop shop, Settings settings) {
        Homes homes = Homes.of(
                settings,
                it -> Repository.openOrCreate(Stores.open(it.location(), StoreRight.WRITE))
                        .id());
        Schedules schedules = new Schedules(shop.connection(), homes);
        List<WantedSchedule> wanted = WantedSchedule.of(settings);
        List<Change> changes = schedules.differences(wanted, Instant.now());
        assertThat(changes).extracting(Change::name).contains("backup/orders/hourly");
        changes.forEach(it -> schedules.make(it, Instant.now()));
    }

    private static Manifest awaitBackup(Shop shop) {
        await("a backup")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !backups(shop).isEmpty());
        return backups(shop).getLast();
    }

    /** The newest first. */
    private static List<Manifest> backups(Shop shop) {
        if (!shop.repository().resolve("repository.json").toFile().exists()) {
            return List.of();
        }
        Inventory inventory = Repository.open(Stores.open(
                        Settings.load(shop.settings()).repository("main").location(), StoreRight.READ))
                .inventory(Optional.empty());
        return inventory.entries().stream().map(Inventory.Entry::manifest).toList();
    }

    private static void onePointOneBackup(Shop shop) {
        assertThat(backups(shop).stream().map(Manifest::nominal))
                .as("no point has two backups")
                .doesNotHaveDuplicates()
                .allMatch(Optional::isPresent);
    }

    private static ScheduleReport reportOf(Shop shop, Instant nominal) {
        return await("the report for " + nominal)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> shop.connection()
                                .client()
                                .listExecutions("WorkflowType = 'RunOnSchedule' AND ExecutionStatus = 'Completed'")
                                .map(it -> report(shop, it))
                                .filter(it -> it.nominal().equals(nominal))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static ScheduleReport report(Shop shop, WorkflowExecutionMetadata run) {
        return shop.connection()
                .client()
                .newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                        .setWorkflowId(run.getExecution().getWorkflowId())
                        .setRunId(run.getExecution().getRunId())
                        .build())
                .getResult(ScheduleReport.class);
    }

    private static void awaitTime(Instant instant) {
        await("the time " + instant)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Instant.now().isAfter(instant));
    }
}
