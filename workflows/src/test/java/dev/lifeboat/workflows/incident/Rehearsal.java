package dev.lifeboat.workflows.incident;

import dev.lifeboat.workflows.Announced;
import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the tests of {@link Incident} share: what it is about, what is said to it, and what is true of each ending. */
final class Rehearsal {

    static final String ABOUT = "backup/orders";

    private Rehearsal() {}

    static Stage stage(FakeWorld world, int cache) {
        return new Stage(cache, List.of(IncidentRunbook.class), world.everybody(), new StepTitles());
    }

    /** Says the news of a night's run, as a P2, and opens an incident if there is none. */
    static WorkflowStub say(Stage stage, News news, int night) {
        return say(stage, news, night, Severity.P2);
    }

    static WorkflowStub say(Stage stage, News news, int night, Severity severity) {
        Notice notice = new Notice(name(night), ABOUT, news, severity, "Dump", "it is " + night, "all", "wait");
        Announced.to(stage.client(), notice);
        return stage.client().newUntypedWorkflowStub("incident/" + ABOUT);
    }

    static RunName name(int night) {
        return RunName.of(
                "backup", "orders", Instant.parse("2026-11-01T02:00:00Z").plus(Duration.ofDays(night)), "abcdef");
    }

    /** It replays, and is recorded where the worker remembered it. */
    static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("Incident", ending, stage.history(run));
        }
    }
}
