package dev.lifeboat.workflows.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.journal.StepTitles;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of {@link VerifyBackups} share: where they play it, what it told, and what is true of each ending. */
final class Rehearsal {

    static final Page PAGE = Page.of("verify-backups.md");
    static final String SO_FAR = "Tell what is bad so far";
    static final String BACKUP = "orders-20261121T020000Z-k3x9";

    private Rehearsal() {}

    static Stage stage(FakeWorld world, int cache) {
        return new Stage(cache, List.of(VerifyBackupsRunbook.class), world.everybody(), new StepTitles());
    }

    static WorkflowStub start(Stage stage) {
        return stage.start("VerifyBackups", "verify/orders", "orders");
    }

    static String told(FakeWorld world) {
        return notice(world).happened() + " " + notice(world).next();
    }

    static String news(FakeWorld world) {
        assertThat(notice(world).about()).isEqualTo("verify/orders");
        return notice(world).news() + " " + notice(world).severity();
    }

    /** The last word of a run. */
    static Notice notice(FakeWorld world) {
        List<Notice> all =
                Stream.concat(world.told.stream(), world.well.stream()).toList();
        // Of one trouble: what was known early, and the end.
        assertThat(all.subList(0, all.size() - 1)).allMatch(it -> it.step().equals(SO_FAR));
        return all.getLast();
    }

    /** It replays, and is recorded where the worker remembered it. */
    static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("VerifyBackups", ending, stage.history(run));
        }
    }
}
