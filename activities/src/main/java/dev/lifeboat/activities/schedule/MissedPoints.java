package dev.lifeboat.activities.schedule;

import dev.lifeboat.configuration.Timetable;
import dev.lifeboat.repository.MadeOnSchedule;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The points of one rhythm that have no backup. */
final class MissedPoints {

    /** Of more points only the newest are looked at: 41 days of hours, or years of days. */
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

    /** Those later than {@code from} and earlier than {@code nominal}. */
    Missed between(Instant from, Instant nominal, MadeOnSchedule made) {
        List<Instant> points = newest(timetable.points(from, nominal.minusNanos(1)), MOST);
        List<Instant> missed = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Instant next = i + 1 < points.size() ? points.get(i + 1) : nominal;
            if (!made.covers(rhythm, points.get(i), next, tolerance)) {
                missed.add(points.get(i));
            }
        }
        return some(missed);
    }

    /** All of them as a number, and the newest by name. */
    static Missed some(List<Instant> ascending) {
        return new Missed(ascending.size(), newest(ascending, NAMED));
    }

    private static List<Instant> newest(List<Instant> ascending, int most) {
        return ascending.subList(Math.max(0, ascending.size() - most), ascending.size());
    }
}
