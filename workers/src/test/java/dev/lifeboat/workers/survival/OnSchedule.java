package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.starter.schedules.Change;
import dev.lifeboat.starter.schedules.Homes;
import dev.lifeboat.starter.schedules.PresentSchedule;
import dev.lifeboat.starter.schedules.Schedules;
import dev.lifeboat.starter.schedules.WantedSchedule;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowTargetOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A shop whose database is backed up on a schedule of its real server, and what came of its points. */
final class OnSchedule {

    private final Shop shop;
    private final String name;

    private OnSchedule(Shop shop, String name) {
        this.shop = shop;
        this.name = name;
    }

    /** Once a day at this minute (UTC): no later point does what was missed at this one. */
    static OnSchedule daily(Shop shop, Instant point) {
        LocalTime time = point.atZone(ZoneOffset.UTC).toLocalTime();
        return apply(shop, "daily", "%d %d * * *".formatted(time.getMinute(), time.getHour()));
    }

    /** A minute stands for an hour: the rhythm's name only says how long a backup is kept. */
    static OnSchedule eachMinute(Shop shop) {
        return apply(shop, "hourly", "* * * * *");
    }

    /** The next minute that leaves time for what has to be done before. */
    static Instant nextPoint() {
        return Instant.now().plusSeconds(90).truncatedTo(ChronoUnit.MINUTES);
    }

    static void awaitTime(Instant instant) {
        Awaitility.await("the time " + instant)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Instant.now().isAfter(instant));
    }

    private static OnSchedule apply(Shop shop, String rhythm, String cron) {
        Settings settings = shop.scheduled("schedule: { %s: '%s' }".formatted(rhythm, cron));
        List<WantedSchedule> wanted = WantedSchedule.of(settings);
        Schedules schedules = schedules(shop, settings);
        List<Change> changes = schedules.differences(wanted, Instant.now());
        String name = "backup/orders/" + rhythm;
        assertThat(changes).extracting(Change::name).contains(name);
        changes.forEach(it -> schedules.make(it, Instant.now()));
        return new OnSchedule(shop, name);
    }

    private static Schedules schedules(Shop shop, Settings settings) {
        Homes homes = Homes.of(
                settings,
                it -> Repository.openOrCreate(Stores.open(it.location(), StoreRight.WRITE))
                        .id());
        return new Schedules(shop.connection(), homes);
    }

    /** Begins a run of it now, as a person does. */
    void trigger() {
        Settings settings = Settings.load(shop.settings());
        Schedules schedules = schedules(shop, settings);
        PresentSchedule present = schedules.present(WantedSchedule.of(settings)).ours().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        schedules.trigger(present);
    }

    /** Waits for the backup of a point. */
    void await(Instant point) {
        Awaitility.await("the backup of " + point)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> backups().stream().anyMatch(it -> it.nominal().equals(Optional.of(point))));
    }

    /** The newest first. */
    List<Manifest> backups() {
        return shop.repository().resolve("repository.json").toFile().exists() ? backups(shop.settings()) : List.of();
    }

    /** What lies in the repository {@code main} of this configuration, the newest first. */
    static List<Manifest> backups(Path settings) {
        Inventory inventory = Repository.open(
                        Stores.open(Settings.load(settings).repository("main").location(), StoreRight.READ))
                .inventory(Optional.empty());
        return inventory.entries().stream().map(Inventory.Entry::manifest).toList();
    }

    Manifest onlyBackup() {
        assertThat(backups()).hasSize(1);
        return backups().getFirst();
    }

    /** No second one is made a little later: a run is over, and no other one is begun. */
    void staysTheOnly(Manifest made) {
        Awaitility.await("one backup and no other")
                .during(Duration.ofSeconds(10))
                .atMost(Duration.ofSeconds(30))
                .until(() -> isIdle()
                        && backups().stream().map(Manifest::backup).toList().equals(List.of(made.backup())));
    }

    private boolean isIdle() {
        return runs("WorkflowType = 'BackUpDatabase' AND ExecutionStatus = 'Running'")
                .findAny()
                .isEmpty();
    }

    ScheduleReport reportOf(Instant nominal) {
        return Awaitility.await("the report for " + nominal)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> reports()
                                .filter(it -> it.nominal().equals(nominal))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Of all runs that have ended well. */
    Stream<ScheduleReport> reports() {
        return runs("WorkflowType = 'RunOnSchedule' AND ExecutionStatus = 'Completed'")
                .map(this::report);
    }

    /** Its runs that are under way. */
    List<WorkflowExecutionMetadata> underWay() {
        return runs("WorkflowType = 'RunOnSchedule' AND ExecutionStatus = 'Running'")
                .toList();
    }

    private Stream<WorkflowExecutionMetadata> runs(String query) {
        return shop.connection().client().listExecutions(query);
    }

    private ScheduleReport report(WorkflowExecutionMetadata run) {
        return shop.connection()
                .client()
                .newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                        .setWorkflowId(run.getExecution().getWorkflowId())
                        .setRunId(run.getExecution().getRunId())
                        .build())
                .getResult(ScheduleReport.class);
    }
}
