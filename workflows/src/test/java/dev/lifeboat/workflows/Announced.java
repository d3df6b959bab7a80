package dev.lifeboat.workflows;

import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.incident.IncidentRequest;
import dev.lifeboat.workflows.model.News;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import java.time.Duration;

/** Hands notices to incidents as the product does: what is bad opens one, what is good finds one or nobody. */
public final class Announced {

    private Announced() {}

    public static void to(WorkflowClient client, Notice notice) {
        WorkflowStub incident = client.newUntypedWorkflowStub(
                NotificationActivities.INCIDENT,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(Queue.CONTROL.taskQueue())
                        .setWorkflowTaskTimeout(Duration.ofSeconds(2))
                        .setWorkflowId(NotificationActivities.incident(notice.about()))
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(RunAttributes.WAITING, RunAttributes.DELIVERY)
                                .build())
                        .build());
        if (notice.news() != News.WELL) {
            incident.signalWithStart(NotificationActivities.HEAR, new Object[] {notice}, new Object[] {
                new IncidentRequest(notice.about())
            });
            return;
        }
        try {
            client.newUntypedWorkflowStub(NotificationActivities.incident(notice.about()))
                    .signal(NotificationActivities.HEAR, notice);
        } catch (WorkflowNotFoundException nothingIsOpen) {
            // Then nobody waits for it.
        }
    }
}
