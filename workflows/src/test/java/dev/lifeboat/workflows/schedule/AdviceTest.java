package dev.lifeboat.workflows.schedule;

import static dev.lifeboat.workflows.schedule.Rehearsal.NIGHT_BEFORE;
import static dev.lifeboat.workflows.schedule.Rehearsal.stage;
import static dev.lifeboat.workflows.schedule.Rehearsal.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.News;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people are told to type once a backup on schedule has failed: one of no rhythm would end none of its alarms. */
class AdviceTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void a_backup_that_failed_is_begun_again_with_the_tag_of_each_rhythm_that_was_due() {
        world.doors.fails("Backup.Take", () -> FailureType.LOGIN_REFUSED.because("the password is wrong", "mend it"));
        world.missed = new Missed(1, List.of(NIGHT_BEFORE));
        try (Stage stage = stage(world, 600)) {
            start(stage).getResult(ScheduleReport.class);

            String command = "lifeboat backup orders --tag weekly, and again with --tag daily";
            assertThat(world.told.stream()
                            .filter(it -> it.news() == News.FAILED)
                            .map(Notice::next))
                    .satisfiesExactly(
                            it -> assertThat(it).contains("start it again with " + command + ";"),
                            it -> assertThat(it).endsWith("begin it by hand: " + command));
        }
    }
}
