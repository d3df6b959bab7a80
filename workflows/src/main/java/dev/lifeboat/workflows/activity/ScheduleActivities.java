package dev.lifeboat.workflows.activity;

import dev.lifeboat.workflows.model.Tag;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a run that a schedule started has to know: what is due, who else is at it, and what was missed before. */
@ActivityInterface(namePrefix = "Schedule.")
public interface ScheduleActivities {

    /** Says from {@code lifeboat.yml} what is due at a point in time; nothing is changed, and it may be asked twice. */
    Due due(Point point);

    /** Says which points after {@code from} and before {@code point} have nothing to show for them. */
    Missed missed(Point point, Instant from);

    /** Says who has the right now. */
    Held holder(String right);

    /** Returns when that run has ended, however; at once if it has. */
    Ended awaitEnd(String right, String runId);

    /**
     * A point in time of a timetable.
     *
     * @param right what is to be run then, such as {@code backup/orders}
     * @param rhythm the rhythm whose point it is
     * @param nominal the instant itself, not the later one at which something happens
     */
    record Point(String right, Tag rhythm, Instant nominal) {

        /** The first word of the right, such as {@code backup}. */
        public String verb() {
            return right.substring(0, right.indexOf('/'));
        }

        /** What the right is about, such as {@code orders}. */
        public String target() {
            return right.substring(right.indexOf('/') + 1);
        }
    }

    /**
     * What is due.
     *
     * @param nominal the newest point that has come by now: the same as was asked for, unless that was long ago
     * @param tiers the rhythms that have a point then, the highest first
     * @param repeated this local time has been before, because the clock was put back, and its point has its backup: nothing is
     *     due
     * @param alreadyMade what was made for that point before, as far as anybody could look
     * @param alreadyWell whether the run that made it is known to have ended well
     * @param until so long a right that is taken is waited for
     * @param searchAttributes whether the namespace has our search attributes
     * @param note what is odd about it, for the report; empty if nothing is
     * @param repository where reports of it lie
     */
    record Due(
            Instant nominal,
            List<Tag> tiers,
            boolean repeated,
            Optional<String> alreadyMade,
            boolean alreadyWell,
            Instant until,
            boolean searchAttributes,
            String note,
            String repository) {

        public Due {
            tiers = List.copyOf(tiers);
        }
    }

    /**
     * Points that were missed.
     *
     * @param count how many
     * @param newest some of them, ascending
     * @param more whether there are older points, too many to be looked at
     * @param pending the first point whose own run was still to come: neither it nor what is later was looked at
     */
    record Missed(int count, List<Instant> newest, boolean more, Optional<Instant> pending) {

        public Missed {
            newest = List.copyOf(newest);
        }

        /** Of points that were all looked at. */
        public Missed(int count, List<Instant> newest) {
            this(count, newest, false, Optional.empty());
        }
    }

    /** Whoever has a right; empty if nobody has it any more. */
    record Held(Optional<Holder> by) {}

    /**
     * A run that has a right.
     *
     * @param runbook its type
     * @param name what a person calls it
     * @param tag what it is for; empty if its request has no such thing
     * @param nominal the point in time that a schedule started it for
     */
    record Holder(
            String runbook, String runId, String name, String operator, Optional<Tag> tag, Optional<Instant> nominal) {}

    /**
     * How a run ended.
     *
     * @param how in one word, lower case
     */
    record Ended(boolean well, String how) {}
}
