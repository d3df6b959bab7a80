package dev.lifeboat.activities.pulse;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How far, how fast, how long still. Not safe for threads: its pulse guards it. */
final class Meter {

    private static final long WINDOW = Duration.ofSeconds(15).toNanos();
    private static final long BETWEEN_MARKS = Duration.ofMillis(500).toNanos();

    private final String what;
    private final long total;
    private final boolean estimated;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long done;
    private long movedAt;

    Meter(String what, long total, boolean estimated, long now) {
        this.what = what;
        this.total = total;
        this.estimated = estimated;
        this.movedAt = now;
        marks.add(new Mark(now, 0));
    }

    void done(long bytes, long now) {
        if (bytes == done) {
            return;
        }
        done = bytes;
        movedAt = now;
        if (now - marks.getLast().at() >= BETWEEN_MARKS) {
            marks.add(new Mark(now, bytes));
            while (marks.size() > 2 && now - marks.getFirst().at() > WINDOW) {
                marks.removeFirst();
            }
        }
    }

    long movedAt() {
        return movedAt;
    }

    Progress progress(long now) {
        if (done == 0) {
            return Progress.begun(what);
        }
        long perSecond = rate(now);
        Optional<Duration> remaining = total > done && perSecond > 0
                ? Optional.of(Duration.ofSeconds((total - done) / perSecond))
                : Optional.empty();
        return new Progress(what, done, total, estimated, "bytes", perSecond, remaining);
    }

    String words() {
        return "%s, %d bytes done".formatted(what, done);
    }

    private long rate(long now) {
        Mark since = marks.getFirst();
        double seconds = (now - since.at()) / 1e9;
        return seconds <= 0 ? 0 : Math.round((done - since.done()) / seconds);
    }

    private record Mark(long at, long done) {}
}
