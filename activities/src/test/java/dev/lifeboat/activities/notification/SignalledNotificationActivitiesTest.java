package dev.lifeboat.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.News;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where notices go, on a real server and real receivers. */
class SignalledNotificationActivitiesTest {

    @TempDir
    private Path folder;

    private final TestReceiver chat = TestReceiver.start();
    private final TestReceiver pager = TestReceiver.start();
    private final TestReceiver own = TestReceiver.start();

    @AfterEach
    void close() {
        chat.close();
        pager.close();
        own.close();
    }

    @Test
    void what_is_well_takes_back_an_alarm_of_another_server_and_bothers_no_chat() {
        notification().tellWithoutIncident(Told.notice(News.WELL, "backup 'x' is made"));

        assertThat(chat.requests).isEmpty();
        assertThat(pager.requests).singleElement().satisfies(it -> {
            assertThat(it.json().get("event_action").textValue()).isEqualTo("resolve");
            assertThat(it.json().get("dedup_key").textValue()).isEqualTo("backup/orders");
        });
        assertThat(own.requests).singleElement().satisfies(it -> {
            assertThat(it.json().get("kind").textValue()).isEqualTo("WELL");
            assertThat(it.json().get("over").booleanValue()).isTrue();
            assertThat(it.json().get("about").textValue()).isEqualTo("backup/orders");
        });
    }

    @Test
    void a_run_that_takes_the_id_of_an_incident_and_hears_nothing_silences_nobody() {
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build())) {
            var worker = temporal.newWorker(Queue.CONTROL.taskQueue());
            worker.registerWorkflowImplementationTypes(AnnouncingRun.class);
            worker.registerActivitiesImplementations(notification());
            temporal.start();
            temporal.getWorkflowClient()
                    .newUntypedWorkflowStub("Stranger", options("incident/backup/orders", "theirs"))
                    .start();

            temporal.getWorkflowClient()
                    .newWorkflowStub(Announcing.class, options("announcing", Queue.CONTROL.taskQueue()))
                    .announce(Told.notice(News.TROUBLE, "the server does not answer"));
        }

        assertThat(chat.requests)
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("backup/orders is in trouble and tries again"));
    }

    private static WorkflowOptions options(String id, String queue) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(queue)
                .build();
    }

    private SignalledNotificationActivities notification() {
        Settings settings = Told.settings(folder, """
                channels:
                  chat: { slack: "%s" }
                  pager: { pagerduty: "%s", address: "%s" }
                  own: { webhook: "%s" }
                routes: { p2: { tell: [chat] } }""".formatted(
                        Told.secret(folder, "chat", chat.address()),
                        Told.secret(folder, "key", "R0utingKey"),
                        pager.address(),
                        Told.secret(folder, "own", own.address())));
        return new SignalledNotificationActivities(settings);
    }

    /** The order of such a run. */
    @WorkflowInterface
    public interface Announcing {

        @WorkflowMethod
        void announce(Notice notice);
    }

    /** A run that only announces. */
    public static final class AnnouncingRun implements Announcing {

        @Override
        public void announce(Notice notice) {
            Workflow.newActivityStub(
                            NotificationActivities.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofSeconds(20))
                                    .build())
                    .announce(notice);
        }
    }
}
