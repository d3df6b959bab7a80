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

    /** The workflow type of the incidents that notices open, with the id {@link #incident}. */
    String INCIDENT = "Incident";

    /** The signal by which an incident takes a notice. */
    String HEAR = "hear";

    /** Hands a notice on, and does not wait until anybody has read it. */
    void announce(Notice notice);

    /** The workflow id of the open incident, such as {@code incident/backup/orders}. */
    static String incident(String about) {
        return "incident/" + about;
    }

    /**
     * One thing to tell. Its texts are cut after 2,000 characters.
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

        private static final int LONGEST = 2_000;

        // A notice that was written before there were incidents has no word for them.
        public Notice {
            // Read from a signal, it may be anything; a run that met it later would be blocked by it.
            Objects.requireNonNull(run, "a notice names its run");
            about = isRight(about) ? about : run.right();
            news = Objects.requireNonNullElse((@Nullable News) news, News.TROUBLE);
            severity = Objects.requireNonNullElse((@Nullable Severity) severity, Severity.P2);
            step = cut(step);
            happened = cut(happened);
            safe = cut(safe);
            next = cut(next);
        }

        // What is no right could not be part of an incident's id, and the news would be lost.
        private static boolean isRight(@Nullable String about) {
            return about != null && RunName.isRight(about);
        }

        private static String cut(@Nullable String text) {
            String all = Objects.requireNonNullElse(text, "");
            return all.length() <= LONGEST ? all : all.substring(0, LONGEST - 1) + "…";
        }
    }
}
