package dev.lifeboat.activities.notification;

import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.model.News;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells people by a line in the worker's log. */
public final class LogLines implements NotificationActivities {

    private static final Logger log = LoggerFactory.getLogger("notification");

    @Override
    public void announce(Notice notice) {
        Level level = notice.news() == News.WELL ? Level.INFO : Level.WARN;
        log.atLevel(level).log("{}: {}: {}; {}", notice.run(), notice.step(), notice.happened(), notice.next());
    }
}
