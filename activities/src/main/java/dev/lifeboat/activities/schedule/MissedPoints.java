package dev.lifeboat.activities.schedule;

import dev.lifeboat.configuration.Timetable;
import dev.lifeboat.repository.MadeOnSchedule;
import dev.lifeboat.workflows.activity.ScheduleActivities.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The points of one rhythm that have no backup. */
final class MissedPoints {

    /** Of more points only the newest are looked at: 41 days of hours, or years of days. */
    private static final int MOST = 1_000;

    private static final int NAMED = 5;

    private final Timetable timetable;
    private final String rhythm;
    private final Duration jitter;
    private final Duration tolerance;

    /** @param jitter so long after a point Temporal may begin its run */
    MissedPoints(Timetable timetable, Duration jitter, String rhythm) {
        this.timetable = timetable;
        this.jitter = jitter;
        this.rhythm = rhythm;
        this.tolerance = timetable.shortest().dividedBy(2);
    }

    /** Those later than {@code from} and so much earlier than {@code nominal} that no run of theirs was to come then. */
    Missed between(Instant from, Instant nominal, MadeOnSchedule made) {
        List<Instant> all = timetable.points(from, nominal.minusNanos(1));
        List<Instant> past = past(all, jitter, nominal);
        List<Instant> missed = new ArrayList<>();
        for (int i = Math.max(0, past.size() - MOST); i < past.size(); i++) {
            Instant next = i + 1 < all.size() ? all.get(i + 1) : nominal;
            if (!made.covers(rhythm, past.get(i), next, tolerance)) {
                missed.add(past.get(i));
            }
        }
        return new Missed(missed.size(), newest(missed), past.size() > MOST, pending(all, past));
    }

    /** The same where nothing was made for any of these points: as a number, and the newest by name. */
    static Missed allOf(List<Instant> ascending, Duration jitter, Instant nominal) {
        List<Instant> past = past(ascending, jitter, nominal);
        return new Missed(past.size(), newest(past), false, pending(ascending, past));
    }

    // A run by hand soon after a point would call it missed, and then its own run came.
    private static List<Instant> past(List<Instant> all, Duration jitter, Instant nominal) {
        return all.stream().filter(it -> !it.plus(jitter).isAfter(nominal)).toList();
    }

    private static Optional<Instant> pending(List<Instant> all, List<Instant> past) {
        return all.stream().skip(past.size()).findFirst();
    }

    private static List<Instant> newest(List<Instant> ascending) {
        return ascending.subList(Math.max(0, ascending.size() - NAMED), ascending.size());
    }
}
