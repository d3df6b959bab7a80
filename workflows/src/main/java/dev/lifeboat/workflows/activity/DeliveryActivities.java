package dev.lifeboat.workflows.activity;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.lifeboat.workflows.activity.NotificationActivities.Notice;
import dev.lifeboat.workflows.model.Severity;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;

/** Bringing messages to people, by the channels of {@code lifeboat.yml}. Only the incident itself waits for it. */
@ActivityInterface(namePrefix = "Delivery.")
public interface DeliveryActivities {

    /** Tells everybody who is to be told, and says who was reached; that nobody was is no failure. May tell twice. */
    Delivered deliver(Telling telling);

    /** What a message is for. */
    enum Kind {
        BEGAN,
        /** Nobody tries any more. */
        FAILED,
        /** It became more urgent. */
        WORSE,
        /** It is not over yet; also what a newer version says. */
        @JsonEnumDefaultValue
        REMINDER,
        OVER,
        /** The incident ends without anybody having said that it is over. */
        CLOSED
    }

    /**
     * One message of an incident.
     *
     * @param id the same whenever the same message is told again
     * @param notice what was said last
     * @param since when the incident began, UTC
     * @param ended what was given up so far, in lines; the newest ones
     * @param channels who is told that it is over, by their names; of all else is told whom the severity's route names
     * @param again whether this message was tried before
     */
    record Telling(
            String id,
            Kind kind,
            Severity severity,
            Notice notice,
            Instant since,
            List<String> ended,
            List<String> channels,
            boolean again) {}

    /**
     * What came of it.
     *
     * @param told the channels that confirmed it
     * @param unclear the channels that may have got it: they did not answer in time
     * @param failed why others were not told, in lines
     */
    record Delivered(List<String> told, List<String> unclear, List<String> failed) {

        public static Delivered toNobody(String why) {
            return new Delivered(List.of(), List.of(), List.of(why));
        }
    }
}
