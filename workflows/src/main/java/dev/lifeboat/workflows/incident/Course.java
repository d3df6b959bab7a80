package dev.lifeboat.workflows.incident;

import dev.lifeboat.workflows.activity.DeliveryActivities.Kind;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.News;
import dev.lifeboat.workflows.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The course of one incident: which of the notices are worth a message, and how urgent it is by now. The same trouble
 * again is none. Each day, and each end of a further run, makes it more urgent by one.
 */
final class Course {

    /** After so long without a word nobody knows any more whether it is over. */
    static final Duration SILENCE = Duration.ofDays(30);

    /** Together with {@link #MOST_NOTICES} this keeps a history below half of what Temporal lets grow. */
    static final Duration LONGEST = Duration.ofDays(60);

    static final int MOST_NOTICES = 1_000;

    private static final Duration DAY = Duration.ofDays(1);
    private static final int ENDS_SHOWN = 10;
    private static final int ENDS_TOLD = 2;
    private static final int LONGEST_LINE = 300;

    private enum State {
        QUIET,
        OPEN,
        OVER,
        CLOSED
    }

    private final Set<String> failed = new LinkedHashSet<>();
    private final List<String> ended = new ArrayList<>();
    private State state = State.QUIET;
    private Severity severity = Severity.P4;
    private Instant since;
    private Instant heard;
    private Instant nextDay;
    private Optional<Notice> last = Optional.empty();
    private int notices;

    Course(Instant now) {
        since = now;
        heard = now;
        nextDay = now.plus(DAY);
    }

    /** Takes a notice, and returns what to tell because of it. */
    Optional<Kind> hear(Notice notice, Instant now) {
        notices++;
        heard = now;
        return switch (notice.news()) {
            case WELL -> well(notice);
            case TROUBLE, FAILED -> bad(notice, now);
        };
    }

    /** Lets time pass, and returns what to tell because of it. */
    Optional<Kind> passTo(Instant now) {
        if (state == State.QUIET && !now.isBefore(heard.plus(SILENCE))) {
            state = State.CLOSED;
        }
        if (state != State.OPEN) {
            return Optional.empty();
        }
        if (!now.isBefore(heard.plus(SILENCE)) || !now.isBefore(since.plus(LONGEST)) || notices >= MOST_NOTICES) {
            state = State.CLOSED;
            return Optional.of(Kind.CLOSED);
        }
        if (now.isBefore(nextDay)) {
            return Optional.empty();
        }
        while (!now.isBefore(nextDay)) {
            nextDay = nextDay.plus(DAY);
            severity = severity.raised();
        }
        return Optional.of(Kind.REMINDER);
    }

    boolean isOpen() {
        return state == State.QUIET || state == State.OPEN;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** When time alone changes something next. */
    Instant next() {
        Instant silent = heard.plus(SILENCE);
        return state == State.OPEN && nextDay.isBefore(silent) ? nextDay : silent;
    }

    Severity severity() {
        return severity;
    }

    Instant since() {
        return since;
    }

    /** What was said last; only once something was. */
    Notice last() {
        return last.orElseThrow();
    }

    List<String> ended() {
        return List.copyOf(ended);
    }

    int notices() {
        return notices;
    }

    private Optional<Kind> well(Notice notice) {
        boolean wasOpen = state == State.OPEN;
        state = State.OVER;
        last = Optional.of(notice);
        return wasOpen ? Optional.of(Kind.OVER) : Optional.empty();
    }

    private Optional<Kind> bad(Notice notice, Instant now) {
        boolean began = state != State.OPEN;
        if (began) {
            begin(notice, now);
        }
        last = Optional.of(notice);
        Severity before = severity;
        boolean end = notice.news() == News.FAILED && failed.add(notice.run().value());
        if (end) {
            remember(notice, now);
        }
        if (notice.severity().isMoreUrgentThan(severity)) {
            severity = notice.severity();
        } else if (end && failed.size() > 1) {
            severity = severity.raised();
        }
        boolean worse = severity.isMoreUrgentThan(before);
        if (began) {
            return Optional.of(Kind.BEGAN);
        }
        if (end && (worse || failed.size() <= ENDS_TOLD)) {
            return Optional.of(Kind.FAILED);
        }
        return worse ? Optional.of(Kind.WORSE) : Optional.empty();
    }

    private void begin(Notice notice, Instant now) {
        state = State.OPEN;
        severity = notice.severity();
        since = now;
        nextDay = now.plus(DAY);
        failed.clear();
        ended.clear();
    }

    private void remember(Notice notice, Instant now) {
        String line = "%s %s: %s".formatted(now, notice.run(), notice.happened());
        ended.add(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…");
        if (ended.size() > ENDS_SHOWN) {
            ended.removeFirst();
        }
    }
}
