package dev.lifeboat.workflows.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.backup.BackUpDatabaseRunbook;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.FailureType;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are told to type once a backup on schedule has failed: a backup of no rhythm would end none of its alarms. */
class AdviceTest {

    private static final Instant NIGHT = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant NIGHT_BEFORE = Instant.parse("2026-11-21T02:00:00Z");

    private final FakeWorld world = new FakeWorld();

    @Test
    void a_backup_that_failed_is_begun_again_with_its_tag() {
        world.doors.fails("Backup.Take", () -> FailureType.LOGIN_REFUSED.because("the password is wrong", "mend it"));
        world.missed = new Missed(1, List.of(NIGHT_BEFORE));
        ScheduleRequest request = new ScheduleRequest("backup/orders", new Tag("daily"), Optional.of(NIGHT_BEFORE));
        try (Stage stage = new Stage(
                600,
                List.of(RunOnScheduleRunbook.class, BackUpDatabaseRunbook.class),
                world.everybody(),
                new StepTitles())) {
            stage.startScheduled(
                            "RunOnSchedule", "on-schedule/backup/orders/daily-2026-11-22T02:00:00Z", NIGHT, request)
                    .getResult(ScheduleReport.class);

            assertThat(world.told.stream()
                            .filter(it -> it.news() == News.FAILED)
                            .map(Notice::next))
                    .as("a Sunday's backup is tagged weekly, and this run is the daily one's")
                    .satisfiesExactly(
                            it -> assertThat(it).contains("start it again with lifeboat backup orders --tag weekly;"),
                            it -> assertThat(it).endsWith("begin it by hand: lifeboat backup orders --tag daily"));
        }
    }
}
