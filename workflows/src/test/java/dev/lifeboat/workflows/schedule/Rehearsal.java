package dev.lifeboat.workflows.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ReportActivities.RunReport;
import dev.lifeboat.workflows.activity.ScheduleActivities.Holder;
import dev.lifeboat.workflows.backup.BackUpDatabaseRunbook;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.Tag;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tests of {@link RunOnSchedule} share: a night, where they play it, and what is true of each of its endings. */
final class Rehearsal {

    static final Page PAGE = Page.of("run-on-schedule.md");
    static final Instant NIGHT = Instant.parse("2026-11-22T02:00:00Z");
    static final Instant NIGHT_BEFORE = Instant.parse("2026-11-21T02:00:00Z");

    /** Since when the schedule has its times. */
    static final Instant APPLIED = Instant.parse("2026-11-01T12:00:00Z");

    private static final String ID = "on-schedule/backup/orders/daily-2026-11-22T02:00:00Z";

    private Rehearsal() {}

    static Stage stage(FakeWorld world, int cache) {
        return new Stage(
                cache,
                List.of(RunOnScheduleRunbook.class, BackUpDatabaseRunbook.class),
                world.everybody(),
                new StepTitles());
    }

    static WorkflowStub start(Stage stage) {
        return stage.startScheduled("RunOnSchedule", ID, NIGHT, request());
    }

    static ScheduleRequest request() {
        return new ScheduleRequest("backup/orders", new Tag("daily"), Optional.of(APPLIED));
    }

    /** Another run that has the right, made by hand or for a point. */
    static Holder holder(String tag, @Nullable Instant nominal) {
        return new Holder(
                "BackUpDatabase",
                "run-1",
                "backup-orders-20261122T015900Z-k3x9",
                "ann",
                Optional.of(new Tag(tag)),
                Optional.ofNullable(nominal));
    }

    /** What the run itself has told, beside what its backup tells. */
    static List<Notice> toldOf(FakeWorld world, String about) {
        return Stream.concat(world.told.stream(), world.well.stream())
                .filter(it -> it.about().equals(about) && it.run().verb().equals("schedule"))
                .toList();
    }

    /** What the run itself has left, beside what its backup leaves. */
    static RunReport reported(FakeWorld world) {
        List<RunReport> own = world.reports.stream()
                .filter(it -> it.runbook().equals("RunOnSchedule"))
                .toList();
        assertThat(own).hasSize(1);
        return own.getFirst();
    }

    /** The titles of a run's steps, each once, in the order in which they began. */
    static List<String> titles(Stage stage, WorkflowStub run) {
        List<String> titles = new ArrayList<>(stage.titles(run));
        boolean started = stage.history(run).getEvents().stream()
                .anyMatch(HistoryEvent::hasStartChildWorkflowExecutionInitiatedEventAttributes);
        if (started) {
            titles.add(1, PAGE.headings().get(1)); // a child is no activity, and shows no title
        }
        return titles;
    }

    /** It follows its page, replays, and is recorded where the worker remembered it. */
    static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        assertThat(PAGE.headings()).containsSubsequence(titles(stage, run));
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("RunOnSchedule", ending, stage.history(run));
        }
    }
}
