package dev.lifeboat.repository;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a backup, {@code orders-20261121T020000Z-k3x9}: database, time in UTC, four characters 0-9 a-z.
 *
 * <p>Throws {@link IllegalArgumentException} when it is not one.
 */
public record BackupId(@JsonValue String value) implements Comparable<BackupId> {

    private static final Pattern DATABASE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern SHAPE = Pattern.compile("(.+)-(\\d{8}T\\d{6}Z)-([0-9a-z]{4})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BackupId {
        checkDatabase(parsed(value).group(1));
        time(parsed(value).group(2), value);
    }

    /** The id of a backup of {@code database} taken at {@code time}; {@code random} is four characters 0-9 a-z. */
    public static BackupId of(String database, Instant time, String random) {
        return new BackupId(
                "%s-%s-%s".formatted(checkDatabase(database), TIME.format(time.atOffset(ZoneOffset.UTC)), random));
    }

    /** The name itself when it can be a database's name here; throws {@link IllegalArgumentException} in words. */
    public static String checkDatabase(String name) {
        if (!DATABASE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' cannot name a database: 1 to 63 of a-z 0-9 _ -, beginning with a letter or digit"
                            .formatted(shown(name)));
        }
        return name;
    }

    /** The name under which the database stands in the configuration. */
    public String database() {
        return parsed(value).group(1);
    }

    /** When the backup was begun, to the second. */
    public Instant takenAt() {
        return time(parsed(value).group(2), value);
    }

    @Override
    public int compareTo(BackupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static Matcher parsed(String value) {
        Matcher matcher = SHAPE.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the id of a backup, which looks like orders-20261121T020000Z-k3x9"
                            .formatted(shown(value)));
        }
        return matcher;
    }

    private static Instant time(String text, String value) {
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'%s' holds no real time: %s".formatted(value, text), e);
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 80 ? printable : printable.substring(0, 80) + "…";
    }
}
