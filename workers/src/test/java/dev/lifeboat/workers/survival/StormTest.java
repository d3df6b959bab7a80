package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.starter.schedules.Homes;
import dev.lifeboat.starter.schedules.Schedules;
import dev.lifeboat.starter.schedules.WantedSchedule;
import dev.lifeboat.workers.judgement.Alerts;
import dev.lifeboat.workers.judgement.Judgement;
import dev.lifeboat.workers.judgement.Ledger;
import dev.lifeboat.workers.judgement.Outage.Part;
import dev.lifeboat.workers.judgement.Plan;
import dev.lifeboat.workers.judgement.Trial;
import dev.lifeboat.workers.judgement.Weather;
import io.temporal.client.WorkflowExecutionMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two databases with a backup each minute, all of it real, while workers, Temporal, PostgreSQL and the repository are hit at
 * random. {@code -Dlifeboat.storm=PT30M} makes it longer, {@code -Dlifeboat.seed=…} another one.
 */
@Tag("survival")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class StormTest {

    private static final Duration LENGTH = Duration.parse(System.getProperty("lifeboat.storm", "PT2M30S"));
    private static final Duration CALM = Duration.ofMinutes(6);

    /** Five quick tries, and the longest of the journal's first pauses. */
    private static final Duration SAID_WITHIN = Duration.ofMinutes(3);

    static Stream<Long> seeds() {
        return Stream.of(Long.getLong("lifeboat.seed", 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_point_is_lost_in_silence_or_made_twice_and_every_alert_has_its_cause_and_its_end(
            long seed, TestReporter reports) throws Exception {
        try (Shop shop = Shop.open(10)) {
            Settings settings = eachMinute(shop);
            Storm storm = new Storm(shop, seed);
            apply(shop, settings, WantedSchedule.of(settings));
            Instant from = Instant.now();
            awaitBackups(shop, from);

            Weather weather = storm.rage(LENGTH);
            awaitBackups(shop, Instant.now().plusSeconds(60));
            apply(shop, settings, List.of());
            Instant until = Instant.now();
            awaitQuiet(shop);

            Judgement judgement = new Judgement(
                    new Trial(
                            from,
                            until,
                            List.of(
                                    Plan.of("orders", settings.database("orders"))
                                            .getFirst(),
                                    Plan.of("stock", settings.database("stock")).getFirst()),
                            weather,
                            SAID_WITHIN,
                            SAID_WITHIN,
                            notice -> Set.of(Part.values())),
                    ledger(shop));
            try {
                judge(judgement);
            } catch (AssertionError e) {
                reports.publishEntry("what happened", judgement.chronicle());
                throw e;
            }
            everyBackupIsGood(shop);
        }
    }

    private static void judge(Judgement judgement) throws Exception {
        judgement.nothingIsLeftOpen();
        judgement.noPointIsLostWithoutBeingReported();
        judgement.nothingIsMadeTwice();
        judgement.everyBackupIsWhole();
        Alerts alerts = judgement.alerts();
        alerts.thereAreSome();
        alerts.eachHasACause();
        alerts.eachIsResolvedOnce();
        alerts.noneIsResolvedTooEarly();
        judgement.allHistoriesReplay();
    }

    /** One database bears trouble, and one gives up soon. */
    private static Settings eachMinute(Shop shop) {
        shop.postgres().createDatabase("stock");
        shop.postgres().execute("stock", "CREATE TABLE shelves (id int PRIMARY KEY)", "INSERT INTO shelves VALUES (1)");
        shop.configure("file:%s\", host: test".formatted(shop.far()), """
                  stock:
                    url: "postgresql://%s@127.0.0.1:%d/stock"
                    password: "file:%s"
                    backup: { to: [main], give-up-after: 40s, schedule: { hourly: '* * * * *' } }
                    verification: { schedule: off }
                """.formatted(
                        Shop.USER, shop.postgres().port(), shop.passwordFile()));
        return shop.scheduled("schedule: { hourly: '* * * * *' }");
    }

    private static void apply(Shop shop, Settings settings, List<WantedSchedule> wanted) {
        Homes homes = Homes.of(
                settings,
                it -> Repository.openOrCreate(Stores.open(it.location(), StoreRight.WRITE))
                        .id());
        Schedules schedules = new Schedules(shop.connection(), homes);
        schedules.differences(wanted, Instant.now()).forEach(it -> schedules.make(it, Instant.now()));
    }

    private static Repository repository(Shop shop) {
        return Repository.open(
                Stores.open(Settings.load(shop.settings()).repository("main").location(), StoreRight.READ));
    }

    /** Until each database has a backup for a point after {@code since}. */
    private static void awaitBackups(Shop shop, Instant since) {
        for (String database : List.of("orders", "stock")) {
            await("a backup of %s for a point after %s".formatted(database, since))
                    .atMost(CALM)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> shop.repository()
                                    .resolve("repository.json")
                                    .toFile()
                                    .exists()
                            && repository(shop).inventory(Optional.of(database)).entries().stream()
                                    .flatMap(it -> it.manifest().nominal().stream())
                                    .anyMatch(since::isBefore));
        }
    }

    private static void awaitQuiet(Shop shop) {
        // The server's list is a little late: what has just begun is not yet on it.
        await("the end of all runs")
                .atMost(CALM)
                .during(Duration.ofSeconds(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> shop.connection()
                        .client()
                        .listExecutions(
                                "ExecutionStatus = 'Running' AND WorkflowType != 'temporal-sys-scheduler-workflow'")
                        .findAny()
                        .isEmpty());
    }

    private static Ledger ledger(Shop shop) {
        return Ledger.of(
                shop.connection().client(),
                shop.connection()
                        .client()
                        .listExecutions("")
                        .map(WorkflowExecutionMetadata::getExecution)
                        .toList(),
                repository(shop));
    }

    private static void everyBackupIsGood(Shop shop) {
        Aftermath aftermath = new Aftermath(shop);
        List<Inventory.Entry> all = repository(shop).inventory(Optional.empty()).entries();
        assertThat(all).isNotEmpty();
        all.forEach(it -> aftermath.verifies(it.manifest()));
        aftermath.awaitNoChildren();
        aftermath.awaitNoLeftovers();
    }
}
