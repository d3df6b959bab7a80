package dev.lifeboat.starter.schedules;

import java.util.List;
import java.util.Optional;

/**
 * What makes a schedule in Temporal what {@code lifeboat.yml} wants, or keeps it from being that.
 *
 * @param why what is different, in words
 */
public record Change(Kind kind, String name, List<String> why, Optional<WantedSchedule> wanted) {

    public enum Kind {
        CREATE,
        UPDATE,
        REMOVE,
        /** None: another installation has a schedule by that name. */
        TAKEN,
        /** None that is known: the repository that is its home cannot be read. */
        UNKNOWN
    }
}
