package dev.lifeboat.repository;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a backup holds of one table.
 *
 * <p>With every table whose rows are in the dump, {@code rows} and {@code fingerprint} say what the dump itself holds. The
 * note says whether the database was asked too: {@link #COUNTED} when SQL counted the same in the same snapshot, else in
 * words why not. A table whose rows are not in the dump has neither, and its note says why. Of a dump that nobody looked
 * into there is what SQL counted alone, and the note is {@link #NOT_COMPARED}.
 *
 * @param rows in the dump, empty when it holds none of this table's data; as SQL counted them in format 1 and where the
 *     note is {@link #NOT_COMPARED}
 * @param fingerprint of the rows in the dump, 32 hex digits; absent where none was taken
 */
public record TableCount(String schema, String name, OptionalLong rows, String note, Optional<String> fingerprint) {

    /** The note of a table whose rows are all in the backup, as SQL counted them in the same snapshot. */
    public static final String COUNTED = "counted";

    /** The note of a table that SQL counted in the same snapshot, while nobody looked into the dump. */
    public static final String NOT_COMPARED = "counted by SQL, not compared with the dump";

    /** The note of a partitioned table. */
    public static final String PARTITIONED = "partitioned: its rows are in its partitions";

    /** The note of a foreign table. */
    public static final String FOREIGN = "foreign: its rows are elsewhere, and never in a dump";

    /** The note of an unlogged table that was dumped from a standby. */
    public static final String UNLOGGED = "unlogged: not on a standby, so not in this dump";

    /** The note of a table that is excluded by name. */
    public static final String LEFT_OUT = "its rows are left out by the configuration";

    /** The note of a materialized view, or its beginning. */
    public static final String MATERIALIZED_VIEW = "materialized view: a restore computes its rows again";

    private static final Set<String> NEVER_IN_DUMP = Set.of(PARTITIONED, FOREIGN, UNLOGGED, LEFT_OUT);

    public static TableCount counted(String schema, String name, long rows) {
        return new TableCount(schema, name, OptionalLong.of(rows), COUNTED, Optional.empty());
    }

    /** A table whose rows are not in the dump, for example {@code "unlogged, not on a standby"}. */
    public static TableCount notCounted(String schema, String name, String why) {
        return new TableCount(schema, name, OptionalLong.empty(), why, Optional.empty());
    }

    /** A table whose rows are in the dump and were not compared with the database, for a reason in words. */
    public static TableCount inDump(String schema, String name, long rows, String why) {
        return new TableCount(schema, name, OptionalLong.of(rows), why, Optional.empty());
    }

    /** Whether the note says that no dump holds its rows; not whether one does. */
    @JsonIgnore
    public boolean isNeverInDump() {
        return NEVER_IN_DUMP.contains(note) || note.startsWith(MATERIALIZED_VIEW);
    }

    /** The same with the fingerprint of its rows. */
    public TableCount withFingerprint(String found) {
        return new TableCount(schema, name, rows, note, Optional.of(found));
    }

    /** Whether a restored copy has just as many rows: SQL counted them, and nothing says that some stay out. */
    public boolean countedInFull() {
        return rows.isPresent() && (note.equals(COUNTED) || note.equals(NOT_COMPARED));
    }
}
