package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.workers.KillableWorker;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One run through all disasters: the worker is killed before and after every effect, and in the middle of every stream;
 * then the same with the Temporal server, before and after every step.
 *
 * <p>The effects are checked in, as {@code effects/BackUpDatabase.txt} in the resources of these tests. A new one makes
 * {@link #every_effect_is_on_the_list} fail: look at it, think what happens if the worker dies right there, then renew
 * the list with {@code ./mvnw verify -Pslow -pl workers -am -Dtest=MarchTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dlifeboat.renew=true}. The march needs no case of its own: it kills at whatever happens.
 */
@Tag("survival")
class MarchTest {

    private static final Path LIST =
            Path.of(System.getProperty("lifeboat.root"), "workers/src/test/resources/effects/BackUpDatabase.txt");
    private static final int ORDERS = 3_000;
    private static final int MOST_DEATHS = 120;

    /** Sweeping is a courtesy: after five deaths the run would go on without it, and its last points be out of reach. */
    private static final String MORE_ATTEMPTS = "lifeboat.attempts=20";

    @Test
    void every_effect_is_on_the_list() throws IOException {
        try (Shop shop = Shop.open(ORDERS)) {
            shop.worker("lifeboat.mode=RECORD", "lifeboat.heartbeat=PT30S");
            WorkflowStub run = shop.backUp();
            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);

            if (Boolean.getBoolean("lifeboat.renew")) {
                Files.write(LIST, shop.lines("effects"));
            }
            // Who watches the locks connects when it comes to it: the order is not the same every time.
            assertThat(shop.lines("effects"))
                    .as("the effects of BackUpDatabase")
                    .containsExactlyInAnyOrderElementsOf(Files.readAllLines(LIST));
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    @Test
    void a_run_survives_the_death_of_its_worker_at_every_effect() throws IOException {
        try (Shop shop = Shop.open(ORDERS)) {
            WorkflowStub run = shop.backUp();
            for (int deaths = 0; deaths < MOST_DEATHS && !shop.isOver(run); deaths++) {
                TestWorker worker = shop.start(KillableWorker.class, "lifeboat.mode=HALT", MORE_ATTEMPTS);
                await("a death, or the end of the run")
                        .atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> !worker.isAlive() || shop.isOver(run));
                assertThat(worker.isAlive() || worker.exitCode() == 137)
                        .as("the worker died of us: %s", shop.lines("used"))
                        .isTrue();
            }

            assertThat(shop.status(run)).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(shop.lines("used")).containsAll(points()).doesNotHaveDuplicates();
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    @Test
    void a_run_survives_the_death_of_temporal_at_every_step() throws IOException {
        try (Shop shop = Shop.open(ORDERS)) {
            shop.worker("lifeboat.mode=WAIT");
            WorkflowStub run = shop.backUp();
            for (int deaths = 0; deaths < MOST_DEATHS && !shop.isOver(run); deaths++) {
                int next = deaths + 1;
                await("a step, or the end of the run")
                        .atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> shop.lines("reached").size() >= next || shop.isOver(run));
                if (shop.lines("reached").size() >= next) {
                    shop.temporal().kill();
                    shop.goOn();
                    shop.temporal().startAgain();
                }
            }

            assertThat(shop.status(run)).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(shop.lines("reached"))
                    .containsAll(
                            points().stream().filter(it -> !it.contains(": ")).toList());
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    private static List<String> points() throws IOException {
        return Files.readAllLines(LIST).stream()
                .flatMap(effect -> effect.contains(": write ")
                        ? Stream.of(effect + " middle")
                        : Stream.of(effect + " before", effect + " after"))
                .toList();
    }
}
