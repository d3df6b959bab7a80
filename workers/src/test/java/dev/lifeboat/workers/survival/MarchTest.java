package dev.lifeboat.workers.survival;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One run through all disasters: the worker is killed before and after every effect, and in the middle of every stream;
 * then the same with the Temporal server, before and after every step. To renew the list of effects, when you have thought
 * about a new one: {@code ./mvnw verify -Pslow -pl workers -am -Dtest=MarchTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dlifeboat.renew=true}.
 */
@Tag("survival")
class MarchTest {

    private static final int ORDERS = 3_000;
    private static final int MOST_DEATHS = 120;

    static final List<String> RUNBOOKS = List.of("BackUpDatabase");

    /** Sweeping is a courtesy: after five deaths the run would go on without it, and its last points be out of reach. */
    private static final String MORE_ATTEMPTS = "lifeboat.attempts=20";

    @Test
    void every_effect_is_on_the_list() {
        try (Shop shop = Shop.open(ORDERS)) {
            March march = march(shop, "lifeboat.heartbeat=PT30S");
            march.record();
            WorkflowStub run = shop.backUp();
            assertThat(shop.awaitEnd(run, Duration.ofMinutes(2))).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);

            march.metWhatIsListed();
            assertThat(shop.lines("effects")).doesNotHaveDuplicates();
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    @Test
    void a_run_survives_the_death_of_its_worker_at_every_effect() {
        try (Shop shop = Shop.open(ORDERS)) {
            March march = march(shop, MORE_ATTEMPTS);
            WorkflowStub run = shop.backUp();
            march.until(() -> shop.isOver(run));

            assertThat(shop.status(run)).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
            assertThat(march.notMet()).isEmpty();
            assertThat(shop.lines("used")).doesNotHaveDuplicates();
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    @Test
    void a_run_survives_the_death_of_temporal_at_every_step() {
        try (Shop shop = Shop.open(ORDERS)) {
            shop.worker("lifeboat.mode=WAIT", "lifeboat.runbooks=BackUpDatabase");
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
            assertThat(march(shop).notMet())
                    .as("points of activities that were not reached; in between nothing is stopped")
                    .allMatch(it -> it.contains(": "));
            new Aftermath(shop).oneGoodBackup();
            new Aftermath(shop).cleanAndSilent(run);
        }
    }

    private static March march(Shop shop, String... wishes) {
        return new March(shop, RUNBOOKS, wishes);
    }
}
