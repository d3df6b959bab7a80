package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import io.temporal.activity.ActivityInterface;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Telling people. It helps, and never holds up a run: announcing hands a notice on, delivering is somebody else's. */
@ActivityInterface(namePrefix = "Notification.")
public interface NotificationActivities {

    void announce(Notice notice);

    /**
     * One thing to tell.
     *
     * @param run who says it
     * @param about what the news is of, such as {@code backup/orders}: there is one open incident of it at most
     * @param step where it happened
     * @param happened what happened
     * @param safe what is safe nevertheless; empty if nothing is known
     * @param next what to do next
     */
    record Notice(
            RunName run,
            String about,
            News news,
            Severity severity,
            String step,
            String happened,
            String safe,
            String next) {

        // A notice that was written before there were incidents has no word for them.
        public Notice {
            about = Objects.requireNonNullElse((@Nullable String) about, run.right());
            news = Objects.requireNonNullElse((@Nullable News) news, News.TROUBLE);
            severity = Objects.requireNonNullElse((@Nullable Severity) severity, Severity.P2);
            safe = Objects.requireNonNullElse((@Nullable String) safe, "");
        }
    }
}
