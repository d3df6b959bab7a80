package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.workflows.schedule.Outcome;
import dev.lifeboat.workflows.schedule.ScheduleReport;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person terminates can say nothing any more: somebody else tells that its point in time has no backup. */
@Tag("survival")
@Timeout(420)
class ScheduledRunIsTerminatedTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Test
    void a_terminated_backup_is_told_of_by_the_run_that_its_schedule_began() {
        try (Receiver people = new Receiver();
                Shop shop = shopThatTells(people)) {
            OnSchedule schedule = OnSchedule.daily(shop, Instant.now().plus(Duration.ofHours(12)));
            shop.worker(Shop.SLOWLY);
            schedule.trigger();
            await("a dump").atMost(LIMIT).until(() -> shop.reads() > 0);

            shop.connection().client().newUntypedWorkflowStub("backup/orders").terminate("not now");

            ScheduleReport report = await("the end of the run that began it")
                    .atMost(LIMIT)
                    .until(() -> schedule.reports().findFirst(), Optional::isPresent)
                    .orElseThrow();
            assertThat(report.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class, it -> assertThat(it.told()).isFalse());
            await("the message").atMost(LIMIT).until(() -> !people.told.isEmpty());
            JsonNode first = people.told.getFirst();
            assertThat(first.path("about").textValue()).isEqualTo("backup/orders");
            assertThat(first.path("headline").textValue())
                    .isEqualTo("P2 backup/orders has failed, and nobody tries any more");
            assertThat(first.path("step").textValue()).isEqualTo("Run it under its right");
            assertThat(first.path("run").textValue()).isEqualTo(report.run().value());
            assertThat(first.path("happened").textValue())
                    .contains("it did not end well for " + report.nominal(), "it was terminated in Temporal");
            assertThat(schedule.backups()).isEmpty();
        }
    }

    @Test
    void the_point_of_a_terminated_run_is_named_by_the_next_one() {
        try (Receiver people = new Receiver();
                Shop shop = shopThatTells(people)) {
            OnSchedule schedule = OnSchedule.eachMinute(shop);
            shop.worker(Shop.SLOWLY);
            await("a dump").atMost(LIMIT).until(() -> shop.reads() > 0);
            WorkflowExecution run = schedule.underWay().getFirst().getExecution();
            Instant point = Instant.parse(run.getWorkflowId().replace("on-schedule/backup/orders/hourly-", ""));

            shop.connection()
                    .client()
                    .newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                            .setWorkflowId(run.getWorkflowId())
                            .setRunId(run.getRunId())
                            .build())
                    .terminate("not now");

            ScheduleReport next = await("the end of the next run")
                    .atMost(LIMIT)
                    .until(() -> schedule.reports().findFirst(), Optional::isPresent)
                    .orElseThrow();
            assertThat(next.nominal()).isAfter(point);
            assertThat(next.outcome()).isInstanceOf(Outcome.Made.class);
            assertThat(next.missedBefore().newest()).contains(point);
            assertThat(schedule.backups()).noneMatch(it -> it.nominal().equals(Optional.of(point)));
            await("the message about " + point)
                    .atMost(LIMIT)
                    .until(() -> people.told.stream()
                            .filter(it -> it.path("about").asText().equals("schedule/orders"))
                            .anyMatch(it -> it.path("happened").asText().contains(point.toString())));
        }
    }

    private static Shop shopThatTells(Receiver people) {
        Shop shop = Shop.open(Shop.MANY);
        shop.configure(
                "file:%s\", host: test".formatted(shop.far()), """
                notify:
                  channels: { own: { webhook: "%s" } }
                  routes: { p4: { tell: [own] } }
                """.formatted(shop.secretIn("hook", people.address())));
        return shop;
    }
}
