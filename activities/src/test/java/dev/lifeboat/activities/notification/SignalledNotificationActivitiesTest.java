package dev.lifeboat.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.News;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            assertThat(it.json().get("dedup_key").textValue()).startsWith("backup/orders@");
        });
        assertThat(own.requests).singleElement().satisfies(it -> {
            assertThat(it.json().get("kind").textValue()).isEqualTo("WELL");
            assertThat(it.json().get("over").booleanValue()).isTrue();
            assertThat(it.json().get("about").textValue()).isEqualTo("backup/orders");
        });
    }

    @Test
    void what_is_well_is_told_at_once_to_those_who_want_to_hear_it() {
        notification("success: [chat]").tellWithoutIncident(Told.notice(News.WELL, "backup 'x' is made"));

        assertThat(chat.requests)
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("backup/orders", "backup 'x' is made"));
    }

    @Test
    void who_does_not_answer_keeps_neither_the_run_nor_the_others_waiting() {
        chat.hanging();
        Instant begin = Instant.now();

        notification("success: [chat]").tellWithoutIncident(Told.notice(News.WELL, "backup 'x' is made"));

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(chat.requests).as("it was asked").hasSize(1);
        assertThat(own.requests).hasSize(1);
        assertThat(pager.requests).hasSize(1);
    }

    @Test
    void what_is_well_goes_to_the_open_incident_and_to_nobody_beside_it() {
        try (TestWorkflowEnvironment temporal = temporal()) {
            var worker = temporal.newWorker(Queue.CONTROL.taskQueue());
            worker.registerWorkflowImplementationTypes(AnnouncingRun.class, HearingRun.class);
            worker.registerActivitiesImplementations(notification("success: [chat]"));
            temporal.start();
            var incident = temporal.getWorkflowClient()
                    .newUntypedWorkflowStub("Incident", options("incident/backup/orders", Queue.CONTROL.taskQueue()));
            incident.start("backup/orders");

            announce(temporal, Told.notice(News.WELL, "backup 'x' is made"));

            assertThat(incident.getResult(Notice.class).happened()).isEqualTo("backup 'x' is made");
        }
        assertThat(chat.requests).isEmpty();
        assertThat(pager.requests).isEmpty();
        assertThat(own.requests).isEmpty();
    }

    @Test
    void what_is_well_without_an_incident_is_told_by_the_announcing_run_itself() {
        try (TestWorkflowEnvironment temporal = temporal()) {
            var worker = temporal.newWorker(Queue.CONTROL.taskQueue());
            worker.registerWorkflowImplementationTypes(AnnouncingRun.class);
            worker.registerActivitiesImplementations(notification("success: [chat]"));
            temporal.start();

            announce(temporal, Told.notice(News.WELL, "backup 'x' is made"));
        }
        assertThat(chat.requests).hasSize(1);
    }

    @Test
    void a_run_that_takes_the_id_of_an_incident_and_hears_nothing_silences_nobody() {
        try (TestWorkflowEnvironment temporal = temporal()) {
            var worker = temporal.newWorker(Queue.CONTROL.taskQueue());
            worker.registerWorkflowImplementationTypes(AnnouncingRun.class);
            worker.registerActivitiesImplementations(notification());
            temporal.start();
            temporal.getWorkflowClient()
                    .newUntypedWorkflowStub("Stranger", options("incident/backup/orders", "theirs"))
                    .start();

            announce(temporal, Told.notice(News.TROUBLE, "the server does not answer"));
        }

        assertThat(chat.requests)
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("backup/orders is in trouble and tries again"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_incident_that_nobody_takes_up_shows_that_its_message_is_undelivered(boolean searchAttributes) {
        String attributes = "temporal: { search-attributes: %s }\n".formatted(searchAttributes ? "on" : "off");
        Settings settings = Told.settings(folder, "channels: {}", attributes);
        try (TestWorkflowEnvironment temporal = temporal()) {
            var worker = temporal.newWorker("announcing");
            worker.registerWorkflowImplementationTypes(AnnouncingRun.class);
            worker.registerActivitiesImplementations(new SignalledNotificationActivities(settings));
            temporal.start();
            temporal.getWorkflowClient()
                    .newWorkflowStub(Announcing.class, options("announcing", "announcing"))
                    .announce(Told.notice(News.TROUBLE, "the server does not answer"));

            assertThat(temporal.getWorkflowClient()
                            .newUntypedWorkflowStub("incident/backup/orders")
                            .describe()
                            .getTypedSearchAttributes()
                            .get(RunAttributes.WAITING))
                    .isEqualTo(searchAttributes ? "delivery" : null);
        }
    }

    private static TestWorkflowEnvironment temporal() {
        return TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .registerSearchAttribute(RunAttributes.WAITING.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build());
    }

    private static void announce(TestWorkflowEnvironment temporal, Notice notice) {
        temporal.getWorkflowClient()
                .newWorkflowStub(Announcing.class, options("announcing", Queue.CONTROL.taskQueue()))
                .announce(notice);
    }

    private static WorkflowOptions options(String id, String queue) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(queue)
                .build();
    }

    private SignalledNotificationActivities notification() {
        return notification("");
    }

    private SignalledNotificationActivities notification(String success) {
        Settings settings = Told.settings(folder, """
                channels:
                  chat: { slack: "%s" }
                  pager: { pagerduty: "%s", address: "%s" }
                  own: { webhook: "%s" }
                routes: { p2: { tell: [chat] } }
                %s""".formatted(
                        Told.secret(folder, "chat", chat.address()),
                        Told.secret(folder, "key", "R0utingKey"),
                        pager.address(),
                        Told.secret(folder, "own", own.address()),
                        success));
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

    /** An incident that ends with the first notice it hears. */
    @WorkflowInterface
    public interface Hearing {

        @WorkflowMethod(name = NotificationActivities.INCIDENT)
        Notice run(String about);

        @SignalMethod(name = NotificationActivities.HEAR)
        void hear(Notice notice);
    }

    /** A run that only hears. */
    public static final class HearingRun implements Hearing {

        private Optional<Notice> heard = Optional.empty();

        @Override
        public Notice run(String about) {
            Workflow.await(() -> heard.isPresent());
            return heard.orElseThrow();
        }

        @Override
        public void hear(Notice notice) {
            heard = Optional.of(notice);
        }
    }
}
