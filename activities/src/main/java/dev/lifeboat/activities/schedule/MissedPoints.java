package dev.lifeboat.activities.schedule;

import dev.lifeboat.configuration.Timetable;
import dev.lifeboat.repository.MadeOnSchedule;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The points of one rhythm that have no backup, back to the last one that has. */
final class MissedPoints {

    /** Farther nobody looks back: 41 days of hours, or years of days. */
    private static final int MOST = 1_000;

    private static final int NAMED = 5;

    private final Timetable timetable;
    private final String rhythm;
    private final Duration tolerance;

    MissedPoints(Timetable timetable, String rhythm) {
        this.timetable = timetable;
        this.rhythm = rhythm;
        this.tolerance = timetable.shortest().dividedBy(2);
    }

    /** None where no earlier point has one either: the timetable is new then, and nothing was missed. */
    Missed before(Instant nominal, MadeOnSchedule made) {
        List<Instant> missed = new ArrayList<>();
        Instant next = nominal;
        while (missed.size() < MOST) {
            Instant point = timetable.last(next.minusNanos(1));
            if (made.covers(rhythm, point, next, tolerance)) {
                return missed(missed);
            }
            if (!made.hasEarlierThan(point)) {
                return new Missed(0, List.of());
            }
            missed.add(point);
            next = point;
        }
        return missed(missed);
    }

    private static Missed missed(List<Instant> newestFirst) {
        List<Instant> some = newestFirst.stream().limit(NAMED).sorted().toList();
        return new Missed(newestFirst.size(), some);
    }
}
