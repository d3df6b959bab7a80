package dev.lifeboat.repository;

import java.util.OptionalLong;

/** How many rows of a table the snapshot shows, or why they were not counted. */
public record TableCount(String schema, String name, OptionalLong rows, String note) {

    /** The note of a table whose rows were all counted, and are all in the backup. */
    public static final String COUNTED = "counted";

    public static TableCount counted(String schema, String name, long rows) {
        return new TableCount(schema, name, OptionalLong.of(rows), COUNTED);
    }

    /** A table that was left out of the count, for example {@code "unlogged, not on a standby"}. */
    public static TableCount notCounted(String schema, String name, String why) {
        return new TableCount(schema, name, OptionalLong.empty(), why);
    }
}
