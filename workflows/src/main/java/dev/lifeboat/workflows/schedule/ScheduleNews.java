package dev.lifeboat.workflows.schedule;

import static java.util.stream.Collectors.joining;

import dev.lifeboat.workflows.activity.Activities;
import dev.lifeboat.workflows.activity.NotificationActivities;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import dev.lifeboat.workflows.activity.ScheduleActivities.Point;
import dev.lifeboat.workflows.backup.BackupRequest;
import dev.lifeboat.workflows.journal.Entry;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.RunName;
import dev.lifeboat.workflows.model.Severity;
import dev.lifeboat.workflows.model.Tag;
import java.util.List;

/** What people are told of a point in time: about what was to be run, or about points that were missed before. */
final class ScheduleNews {

    private final NotificationActivities notification = Activities.notification();
    private final RunName run;
    private final Point point;
    private final List<Tag> tiers;

    /** @param tiers the rhythms that have this point */
    ScheduleNews(RunName run, Point point, List<Tag> tiers) {
        this.run = run;
        this.point = point;
        this.tiers = tiers;
    }

    void trouble(Entry step) {
        tell(
                point.right(),
                News.TROUBLE,
                Severity.P2,
                step.title(),
                step.note(),
                "it is tried again by itself; lifeboat answer %s retry or abort".formatted(run));
    }

    void givenUp(Entry step) {
        tell(
                point.right(),
                News.FAILED,
                Severity.P2,
                step.title(),
                step.note(),
                "mend the cause; lifeboat schedules list shows when the next one is");
    }

    /** This point went badly, as {@code how} says: worse, if the one before has nothing to show for it. */
    void bad(String step, String how, String why, Missed before) {
        String more = before.count() == 0 ? "" : "; %s has none either".formatted(words(before));
        tell(
                point.right(),
                News.FAILED,
                before.count() == 0 ? Severity.P2 : Severity.P1,
                step,
                "%s %s (%s): %s%s".formatted(how, point.nominal(), point.rhythm(), why, more),
                "mend the cause; see what there is with lifeboat backups %s, and begin it by hand: %s"
                        .formatted(point.target(), command()));
    }

    /** Points were missed, and that is over: an incident with its end. */
    void missedBefore(String step, Missed missed) {
        String about = "schedule/" + point.target();
        tell(
                about,
                News.TROUBLE,
                Severity.P3,
                step,
                "no %s run of %s for %s".formatted(point.rhythm(), point.right(), words(missed)),
                "see what was away then, Temporal, the workers or the schedule: lifeboat schedules list");
        tell(
                about,
                News.WELL,
                Severity.P4,
                step,
                "%s runs on schedule again: done for %s, and never for %s"
                        .formatted(point.right(), point.nominal(), words(missed)),
                "nothing");
    }

    /** Whether points were missed is not known before the next run looks. */
    void notLooked(String step) {
        String about = "schedule/" + point.target();
        tell(
                about,
                News.TROUBLE,
                Severity.P3,
                step,
                "nobody could look whether points of %s before %s were missed"
                        .formatted(point.right(), point.nominal()),
                "compare them yourself: lifeboat backups %s, lifeboat schedules list".formatted(point.target()));
        tell(
                about,
                News.WELL,
                Severity.P4,
                step,
                "%s itself goes on; the next run of the schedule looks at what was before %s, too"
                        .formatted(point.right(), point.nominal()),
                "nothing");
    }

    /** The point has what it needs, made by a run that could not say so here: whatever was wrong is over. */
    void alreadyMade(String step, String what) {
        tell(
                point.right(),
                News.WELL,
                Severity.P4,
                step,
                "%s is there for %s, made before by a run that ended well".formatted(what, point.nominal()),
                "nothing");
    }

    private String command() {
        return point.verb().equals("verify")
                ? "lifeboat verify-backups " + point.target()
                : BackupRequest.onSchedule(point.target(), point.nominal(), tiers)
                        .byHand();
    }

    static String words(Missed missed) {
        String some = missed.newest().stream().map(Object::toString).collect(joining(", "));
        if (missed.more()) {
            return "at least %d points (older ones are too many to be looked at), the last of them %s"
                    .formatted(missed.count(), some);
        }
        int more = missed.count() - missed.newest().size();
        return more > 0 ? "%d points, the last of them %s".formatted(missed.count(), some) : some;
    }

    private void tell(String about, News news, Severity severity, String step, String happened, String next) {
        notification.announce(new Notice(run, about, news, severity, step, happened, "", next));
    }
}
