package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.RunName;
import io.temporal.activity.ActivityInterface;

/** Telling people. It helps, and never holds up a run. */
@ActivityInterface(namePrefix = "Notification.")
public interface NotificationActivities {

    void announce(Notice notice);

    /**
     * One message.
     *
     * @param happened what happened
     * @param next what to do next
     */
    record Notice(RunName run, String step, String happened, String next) {}
}
