package dev.lifeboat.workflows.schedule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What came of a point in time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Made.class, name = "made"),
    @JsonSubTypes.Type(value = Outcome.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = Outcome.AlreadyMade.class, name = "already made"),
    @JsonSubTypes.Type(value = Outcome.NotDue.class, name = "not due"),
    @JsonSubTypes.Type(value = Outcome.Missed.class, name = "missed"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed")
})
public sealed interface Outcome {

    /**
     * It ran, and ended well.
     *
     * @param what its result, such as a backup's id
     */
    record Made(String what) implements Outcome {}

    /** Another run did it at the same time, and ended well. */
    record Joined(String run) implements Outcome {}

    /** It had been done before. */
    record AlreadyMade(String what) implements Outcome {}

    /** The local time had been before: the clock was put back. */
    record NotDue() implements Outcome {}

    /** Others had the right for too long. */
    record Missed(String why) implements Outcome {}

    /**
     * It ran, and did not end well.
     *
     * @param told whether the run has told that itself
     */
    record Failed(String why, boolean told) implements Outcome {}

    /** Whether the point in time has something to show for it. */
    default boolean isGood() {
        return switch (this) {
            case Made made -> true;
            case Joined joined -> true;
            case AlreadyMade made -> true;
            case NotDue notDue -> true;
            case Missed missed -> false;
            case Failed failed -> false;
        };
    }
}
