package dev.lifeboat.activities.notification;

import dev.lifeboat.workflows.activity.NotificationActivities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people by a line in the worker's log. */
public final class LogLines implements NotificationActivities {

    private static final Logger log = LoggerFactory.getLogger("notification");

    @Override
    public void announce(Notice notice) {
        log.warn("{}: {}: {}; {}", notice.run(), notice.step(), notice.happened(), notice.next());
    }
}
