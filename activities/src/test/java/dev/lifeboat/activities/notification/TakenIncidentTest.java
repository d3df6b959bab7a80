package dev.lifeboat.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.News;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a notice reaches while a run that hears nothing has the id of its incident. */
class TakenIncidentTest {

    @TempDir
    private Path folder;

    private final TestReceiver chat = TestReceiver.start();
    private final TestReceiver pager = TestReceiver.start();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.converter())
                            .build())
                    .build());

    @BeforeEach
    void start() {
        var worker = temporal.newWorker(Queue.CONTROL.taskQueue());
        worker.registerWorkflowImplementationTypes(AnnouncingRun.class);
        worker.registerActivitiesImplementations(new SignalledNotificationActivities(
                Told.settings(folder, """
                channels:
                  chat: { slack: "%s" }
                  pager: { pagerduty: "%s", address: "%s" }
                routes: { p2: { tell: [chat], otherwise: [pager] } }""".formatted(
                                Told.secret(folder, "chat", chat.address()),
                                Told.secret(folder, "key", "R0utingKey"),
                                pager.address()))));
        temporal.start();
        temporal.getWorkflowClient()
                .newUntypedWorkflowStub("Stranger", options("incident/backup/orders", "theirs"))
                .start();
    }

    @AfterEach
    void close() {
        temporal.close();
        chat.close();
        pager.close();
    }

    @Test
    void others_are_told_when_the_first_do_not_answer() {
        chat.answering(503);

        announce(Told.notice(News.TROUBLE, "the server does not answer"));

        assertThat(pager.requests)
                .singleElement()
                .satisfies(it ->
                        assertThat(it.json().get("event_action").textValue()).isEqualTo("trigger"));
    }

    @Test
    void it_is_tried_again_when_nobody_could_be_told_and_fails_in_the_end() {
        chat.answering(503);
        pager.answering(503);

        assertThatThrownBy(() -> announce(Told.notice(News.TROUBLE, "the server does not answer")))
                .isInstanceOf(WorkflowFailedException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        ApplicationFailure.class, it -> assertThat(it.getType()).isEqualTo("NOBODY_TOLD"));
        assertThat(chat.requests).hasSize(3);
        assertThat(pager.requests).hasSize(3);
    }

    @Test
    void what_is_well_takes_the_alarm_back_although_that_run_took_the_signal() {
        announce(Told.notice(News.WELL, "backup 'x' is made"));

        assertThat(pager.requests)
                .singleElement()
                .satisfies(it ->
                        assertThat(it.json().get("event_action").textValue()).isEqualTo("resolve"));
    }

    private void announce(Notice notice) {
        temporal.getWorkflowClient()
                .newWorkflowStub(
                        SignalledNotificationActivitiesTest.Announcing.class,
                        options("announcing", Queue.CONTROL.taskQueue()))
                .announce(notice);
    }

    private static WorkflowOptions options(String id, String queue) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(queue)
                .build();
    }

    /** A run that announces as every runbook does. */
    public static final class AnnouncingRun implements SignalledNotificationActivitiesTest.Announcing {

        @Override
        public void announce(Notice notice) {
            Activities.notification().announce(notice);
        }
    }
}
