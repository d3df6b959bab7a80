package dev.lifeboat.workflows.incident;

import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Something is wrong: tells people, reminds them, and says when it is over. The workflow id must be
 * {@code incident/<about>}, so there is one open incident at most of anything.
 */
@WorkflowInterface
public interface Incident {

    @WorkflowMethod(name = NotificationActivities.INCIDENT)
    IncidentReport run(IncidentRequest request);

    /** Takes one more notice about the same thing. Never throws. */
    @SignalMethod(name = NotificationActivities.HEAR)
    void hear(Notice notice);
}
