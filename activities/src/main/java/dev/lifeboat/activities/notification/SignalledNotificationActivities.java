package dev.lifeboat.activities.notification;

import dev.lifeboat.configuration.NotifySettings;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.model.News;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands each notice to the open incident about the same thing by a signal: what is bad opens one if there is none. Good news
 * that nobody waits for is told at once to those who want to hear it, for a few seconds and no longer. All of it is in the
 * worker's log, too.
 */
public final class SignalledNotificationActivities implements NotificationActivities {

    private static final Logger log = LoggerFactory.getLogger("notification");
    private static final Duration A_MOMENT = Duration.ofSeconds(6);
    private static final int LONGEST_LINE = 2_000;

    private final NotifySettings settings;
    private final Message.Place place;

    public SignalledNotificationActivities(Settings settings) {
        this.settings = settings.notifications();
        this.place = Places.of(settings);
    }

    @Override
    public void announce(Notice notice) {
        write(notice);
        WorkflowClient client = Activity.getExecutionContext().getWorkflowClient();
        if (notice.news() != News.WELL) {
            tellIncident(client, notice);
        } else if (!isHeard(client, notice)) {
            new Sender(settings.channels(), 1, A_MOMENT).tell(settings.success(), Message.well(notice, place));
        }
    }

    private static void tellIncident(WorkflowClient client, Notice notice) {
        client.newUntypedWorkflowStub(
                        INCIDENT,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(NotificationActivities.incident(notice.about()))
                                .setTaskQueue(Queue.CONTROL.taskQueue())
                                .setStaticSummary(notice.about() + " is not well")
                                .build())
                .signalWithStart(HEAR, new Object[] {notice}, new Object[] {notice.about()});
    }

    /** Whether an open incident took it. */
    private static boolean isHeard(WorkflowClient client, Notice notice) {
        try {
            client.newUntypedWorkflowStub(NotificationActivities.incident(notice.about()))
                    .signal(HEAR, notice);
            return true;
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
