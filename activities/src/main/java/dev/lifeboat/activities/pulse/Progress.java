package dev.lifeboat.activities.pulse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;

/**
 * How far an activity has come, as it stands in its heartbeat.
 *
 * @param what what is being done, in one or two words
 * @param done how much of it, in {@code unit}
 * @param total how much there is; 0 if nobody knows
 * @param totalIsEstimate whether {@code total} was guessed from other figures
 * @param perSecond the rate of the last seconds, in {@code unit}
 * @param remaining how long the rest takes at that rate, if that can be said
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Progress(
        String what,
        long done,
        long total,
        boolean totalIsEstimate,
        String unit,
        long perSecond,
        Optional<Duration> remaining) {

    static Progress begun(String what) {
        return new Progress(what, 0, 0, false, "", 0, Optional.empty());
    }
}
