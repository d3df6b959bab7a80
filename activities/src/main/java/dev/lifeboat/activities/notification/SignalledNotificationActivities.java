package dev.lifeboat.activities.notification;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.configuration.NotifySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.RunAttributes;
import dev.lifeboat.workflows.activity.DeliveryActivities.Delivered;
import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.DeliveryActivities.Telling;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.model.News;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands each notice to the open incident about the same thing by a signal: what is bad opens one if there is none. Good news
 * that nobody waits for is told at once to those who want to hear it, and to those who may still have an alarm that a run
 * under another server has raised, for a few seconds and no longer. All of it is in the worker's log, too.
 */
public final class SignalledNotificationActivities implements NotificationActivities {

    private static final Logger log = LoggerFactory.getLogger("notification");
    private static final Duration A_MOMENT = Duration.ofSeconds(6);

    /** Twice as long, for who is told otherwise, has to fit into the ten seconds that a notice may take. */
    private static final Duration HALF_A_MOMENT = Duration.ofSeconds(4);

    private static final int LONGEST_LINE = 2_000;

    /** An incident has told nobody yet, and shows it even if no worker takes it up; it takes that away itself. */
    private static final SearchAttributes UNHEARD = SearchAttributes.newBuilder()
            .set(RunAttributes.WAITING, RunAttributes.DELIVERY)
            .build();

    private final NotifySettings settings;
    private final Message.Place place;
    private final SearchAttributes attributes;
    private final RoutedDeliveryActivities instead;

    public SignalledNotificationActivities(Settings settings) {
        this.settings = settings.notifications();
        this.place = Places.of(settings);
        this.attributes = settings.temporal().searchAttributes() ? UNHEARD : SearchAttributes.EMPTY;
        this.instead = new RoutedDeliveryActivities(settings, 1, HALF_A_MOMENT);
    }

    @Override
    public void announce(Notice notice) {
        write(notice);
        WorkflowClient client = Activity.getExecutionContext().getWorkflowClient();
        if (notice.news() != News.WELL) {
            tellIncident(client, notice);
        } else if (!isHeard(client, notice)) {
            tellWithoutIncident(notice);
        }
    }

    /** Tells what is well at once, where no incident of this server does it. */
    void tellWithoutIncident(Notice notice) {
        Set<String> names = new LinkedHashSet<>(settings.success());
        settings.channels().forEach((name, channel) -> {
            if (Channel.of(channel).takesBack()) {
                names.add(name);
            }
        });
        new Sender(settings.channels(), 1, A_MOMENT).tell(names, Message.well(notice, place));
    }

    private void tellIncident(WorkflowClient client, Notice notice) {
        WorkflowStub incident = client.newUntypedWorkflowStub(
                INCIDENT,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(NotificationActivities.incident(notice.about()))
                        .setTaskQueue(Queue.CONTROL.taskQueue())
                        .setTypedSearchAttributes(attributes)
                        .setStaticSummary(notice.about() + " is not well")
                        .build());
        incident.signalWithStart(HEAR, new Object[] {notice}, new Object[] {notice.about()});
        if (!isIncident(incident)) {
            tellInstead(notice);
        }
    }

    /** Whoever may start runs can take an incident's id with one that hears nothing: then people are told without it. */
    private static boolean isIncident(WorkflowStub incident) {
        WorkflowExecutionDescription there = incident.describe();
        boolean hears =
                there.getWorkflowType().equals(INCIDENT) && there.getTaskQueue().equals(Queue.CONTROL.taskQueue());
        if (!hears) {
            warnOf(there);
        }
        return hears;
    }

    private static void warnOf(WorkflowExecutionDescription stranger) {
        log.error(
                "'{}' is open as '{}' on the queue '{}', which hears nothing, so people are told without it;"
                        + " end it: temporal workflow terminate --workflow-id {}",
                stranger.getExecution().getWorkflowId(),
                Message.clean(stranger.getWorkflowType(), LONGEST_LINE),
                Message.clean(stranger.getTaskQueue(), LONGEST_LINE),
                stranger.getExecution().getWorkflowId());
    }

    private void tellInstead(Notice notice) {
        Telling telling = new Telling(
                notice.run() + "-alone",
                notice.news() == News.FAILED ? Kind.FAILED : Kind.BEGAN,
                notice.severity(),
                notice,
                Instant.now(),
                List.of(),
                List.of(),
                false);
        Delivered delivered = instead.deliver(telling);
        if (delivered.told().isEmpty() && !delivered.failed().isEmpty()) {
            // No incident goes on trying, so Temporal does; the log has said who was not reached, and why.
            throw Failures.passing(
                    "NOBODY_TOLD",
                    "nobody could be told of '%s'".formatted(notice.about()),
                    "see the log of the worker for why; lifeboat check --notify tries all channels");
        }
    }

    /** Whether an open incident took it. */
    private static boolean isHeard(WorkflowClient client, Notice notice) {
        WorkflowStub incident = client.newUntypedWorkflowStub(NotificationActivities.incident(notice.about()));
        try {
            incident.signal(HEAR, notice);
            return isIncident(incident);
        } catch (WorkflowNotFoundException nothingIsOpen) {
            return false;
        }
    }

    private static void write(Notice notice) {
        Level level = notice.news() == News.WELL ? Level.INFO : Level.WARN;
        log.atLevel(level)
                .log(
                        "{} {} {}: {}: {}; {}",
                        notice.news(),
                        notice.severity(),
                        notice.about(),
                        notice.step(),
                        Message.clean(notice.happened(), LONGEST_LINE),
                        Message.clean(notice.next(), LONGEST_LINE));
    }
}
