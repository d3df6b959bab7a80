package dev.lifeboat.workflows.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a schedule does nothing. Kept in Temporal's own note, so that its page shows it too.
 *
 * @param since empty if it was paused by other means, which say nothing of it
 */
public record Pause(Optional<Instant> since, String by, String reason) {

    /** Longer than anybody means to leave backups away. */
    private static final Duration LONG = Duration.ofHours(24);

    private static final Pattern NOTE = Pattern.compile("paused at (\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z) by (\\S+): (.*)");

    public static Pause now(Instant now, String by, String reason) {
        return new Pause(Optional.of(now), by.replaceAll("\\s+", "_"), reason);
    }

    /** Reads a note, which anybody may have written. */
    public static Pause read(String note) {
        Matcher matcher = NOTE.matcher(note);
        if (matcher.matches()) {
            try {
                return new Pause(Optional.of(Instant.parse(matcher.group(1))), matcher.group(2), matcher.group(3));
            } catch (DateTimeException noSuchDay) {
                return new Pause(Optional.empty(), "", note);
            }
        }
        return new Pause(Optional.empty(), "", note);
    }

    public String note() {
        return "paused at %s by %s: %s".formatted(since.orElseThrow(), by, reason);
    }

    /** Whether it has lasted for so long that it is trouble; also if nobody knows. */
    public boolean isTooLong(Instant now) {
        return since.map(it -> Duration.between(it, now).compareTo(LONG) > 0).orElse(true);
    }
}
