package dev.lifeboat.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one run, such as {@code backup-orders-20261121T031500Z-k3x9}: verb, target, start in UTC, the last four characters
 * of the first run id. It outlives a reset and is the key of every effect, file, report and message of the run, and what
 * a person types.
 */
public record RunName(@JsonValue String value) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String TIMED = "\\d{8}T\\d{6}Z-[0-9a-z]{4}";
    // A name of lifeboat.yml, or a backup's id.
    private static final String PART = "[a-z0-9][a-z0-9_-]*(?:-%s)?".formatted(TIMED);
    // A copy's target is a backup and a repository, an incident's a right: a folder's name cannot join them with a
    // slash.
    private static final Pattern SHAPE =
            Pattern.compile("([a-z]+)-((?:%s\\.){0,3}%s)-(%s)".formatted(PART, PART, TIMED));
    private static final Pattern RIGHT = Pattern.compile("[a-z]+(?:/%s){1,3}".formatted(PART));
    private static final int LONGEST_RIGHT = 200;
    private static final int SUFFIX = 4;

    /** @throws IllegalArgumentException if {@code value} is not the name of a run */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a run; one looks like backup-orders-20261121T031500Z-k3x9"
                            .formatted(value));
        }
    }

    /** The name of the run that {@code verb} started on {@code target} at {@code start}. */
    public static RunName of(String verb, String target, Instant start, String firstRunId) {
        // Its end: newer servers make run ids that begin with the time, the same for weeks.
        String suffix = firstRunId.replace("-", "").toLowerCase(Locale.ROOT);
        return new RunName("%s-%s-%s-%s"
                .formatted(
                        verb,
                        target.replace('/', '.'),
                        TIME.format(start),
                        suffix.substring(suffix.length() - SUFFIX)));
    }

    public static boolean looksLike(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** Whether {@code text} can be the right of a run, such as {@code backup/orders}. */
    public static boolean isRight(String text) {
        return text.length() <= LONGEST_RIGHT && RIGHT.matcher(text).matches();
    }

    public String verb() {
        return part(1);
    }

    /** What it is about: a database, or a backup and a repository with a slash between them. */
    public String target() {
        return part(2).replace('.', '/');
    }

    /** The workflow id under which the run has its right, such as {@code backup/orders}. */
    public String right() {
        return verb() + "/" + target();
    }

    /** The id of the backup that this run makes: the run's name without the verb. */
    public String backup() {
        return value.substring(verb().length() + 1);
    }

    /**
     * When the run started (UTC), to the second.
     *
     * @throws java.time.DateTimeException if the name has the shape of a run's and no real time
     */
    public Instant started() {
        String time = part(3);
        return TIME.parse(time.substring(0, time.indexOf('-')), Instant::from);
    }

    /** Year and month of the start, UTC, as reports are filed under them: {@code 2026/11}. */
    public String yearAndMonth() {
        String time = part(3);
        return time.substring(0, 4) + "/" + time.substring(4, 6);
    }

    @Override
    public String toString() {
        return value;
    }

    private String part(int group) {
        Matcher matcher = SHAPE.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException(value);
        }
        return matcher.group(group);
    }
}
