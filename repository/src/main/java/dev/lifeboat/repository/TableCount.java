package dev.lifeboat.repository;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many rows of a table the snapshot shows, or why they were not counted.
 *
 * @param fingerprint of the rows as the dump holds them, 32 hex digits; absent where none was taken
 */
public record TableCount(String schema, String name, OptionalLong rows, String note, Optional<String> fingerprint) {

    /** The note of a table whose rows were all counted, and are all in the backup. */
    public static final String COUNTED = "counted";

    public static TableCount counted(String schema, String name, long rows) {
        return new TableCount(schema, name, OptionalLong.of(rows), COUNTED, Optional.empty());
    }

    /** A table that was left out of the count, for example {@code "unlogged, not on a standby"}. */
    public static TableCount notCounted(String schema, String name, String why) {
        return new TableCount(schema, name, OptionalLong.empty(), why, Optional.empty());
    }

    /** The same with the fingerprint of its rows. */
    public TableCount withFingerprint(String found) {
        return new TableCount(schema, name, rows, note, Optional.of(found));
    }
}
