package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.Manifest;
import dev.lifeboat.workflows.schedule.Outcome;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real schedules of a real server: every point has one backup, whatever is away. */
@Tag("slow")
@Timeout(600)
class BackupsOnScheduleTest {

    @Test
    void a_worker_that_was_away_over_a_point_makes_one_backup_afterwards() {
        try (Shop shop = Shop.open(10)) {
            Instant point = OnSchedule.nextPoint();
            OnSchedule schedule = OnSchedule.daily(shop, point);

            OnSchedule.awaitTime(point.plusSeconds(5));
            shop.worker();

            schedule.await(point);
            Manifest made = schedule.onlyBackup();
            assertThat(made.nominal()).contains(point);
            assertThat(made.tiers()).containsExactly("daily");
            assertThat(made.tag()).contains("daily");
            assertThat(schedule.reportOf(point).outcome())
                    .isEqualTo(new Outcome.Made(made.backup().value()));
            schedule.staysTheOnly(made);
        }
    }

    @Test
    void a_server_that_was_away_over_a_point_makes_one_backup_afterwards() {
        try (Shop shop = Shop.open(10)) {
            // Time enough for a worker to be ready before it.
            Instant point = OnSchedule.nextPoint().plusSeconds(60);
            OnSchedule schedule = OnSchedule.daily(shop, point);
            shop.worker();

            OnSchedule.awaitTime(point.minusSeconds(8));
            shop.temporal().kill();
            OnSchedule.awaitTime(point.plusSeconds(8));
            assertThat(schedule.backups())
                    .as("nothing is made before it is due")
                    .isEmpty();
            shop.temporal().startAgain();

            schedule.await(point);
            Manifest made = schedule.onlyBackup();
            assertThat(made.nominal()).contains(point);
            schedule.staysTheOnly(made);
        }
    }

    @Test
    void a_backup_by_hand_for_the_same_rhythm_is_waited_for_and_none_is_made_beside_it() {
        try (Shop shop = Shop.open(Shop.MANY)) {
            // So slowly that it still dumps when the point's own run looks, be that twenty seconds late.
            shop.worker("lifeboat.bytes-per-second=200000");
            Instant point = OnSchedule.nextPoint();
            // Only then: a point before it would have a backup of its own.
            OnSchedule.awaitTime(point.minusSeconds(30));
            OnSchedule schedule = OnSchedule.eachMinute(shop);
            OnSchedule.awaitTime(point.minusSeconds(5));
            WorkflowStub byHand = shop.backUpFor("hourly");

            assertThat(shop.awaitEnd(byHand, Duration.ofMinutes(2)))
                    .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);

            assertThat(schedule.reportOf(point).outcome()).isInstanceOf(Outcome.Joined.class);
            assertThat(schedule.backups().stream().filter(it -> it.begin().isBefore(point.plusSeconds(55))))
                    .hasSize(1)
                    .allMatch(it -> it.nominal().isEmpty());
        }
    }
}
