package dev.lifeboat.workflows.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.workflows.FakeWorld;
import dev.lifeboat.workflows.Page;
import dev.lifeboat.workflows.RecordedHistories;
import dev.lifeboat.workflows.Stage;
import dev.lifeboat.workflows.journal.StepTitles;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.client.WorkflowStub;
import io.temporal.common.interceptors.WorkerInterceptor;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of {@link BackUpDatabase} share: where they play it, and what has to be true of each of its endings. */
final class Rehearsal {

    static final Page PAGE = Page.of("back-up-database.md");

    private Rehearsal() {}

    /** A stage with the workers of all roles, which knows copies too. */
    static Stage stage(FakeWorld world, int cache, WorkerInterceptor... interceptors) {
        return new Stage(
                cache,
                List.of(BackUpDatabaseRunbook.class, CopyBackupRunbook.class),
                world.everybody(),
                Stream.concat(Stream.of(new StepTitles()), Stream.of(interceptors))
                        .toArray(WorkerInterceptor[]::new));
    }

    static WorkflowStub start(Stage stage) {
        return stage.start("BackUpDatabase", "backup/orders", BackupRequest.of("orders"));
    }

    /** What ran is a beginning of the page, then, if it stopped early, of what the page says about that. */
    static void followsItsPage(Stage stage, WorkflowStub run) {
        assertThat(PAGE.allows(stage.allTitles(run)))
                .as(stage.allTitles(run).toString())
                .isTrue();
    }

    /** It replays, and is recorded where the worker remembered it. */
    static void ends(Stage stage, WorkflowStub run, String ending, int cache) {
        stage.replay(run);
        if (cache > 0) {
            RecordedHistories.record("BackUpDatabase", ending, stage.history(run));
        }
    }

    /** What passes by itself. */
    static RuntimeException weather() {
        return new IllegalStateException("disk is full");
    }

    /** What only a person can mend. */
    static RuntimeException loginRefused() {
        return FailureType.LOGIN_REFUSED.because("the server refused 'lifeboat'", "set the password in lifeboat.yml");
    }
}
