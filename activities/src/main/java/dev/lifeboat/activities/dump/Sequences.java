package dev.lifeboat.activities.dump;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the sequences of a database stand. They follow no snapshot, so one that was looked at before a dump stands there
 * in the dump, or further on.
 *
 * @param closed those that the session's role may not read, by their quoted names
 */
record Sequences(List<Sequence> open, List<String> closed) {

    private static final int BATCH = 200;

    // What pg_dump dumps: nothing temporary, of the system or of an extension; on a standby nothing that is not logged.
    private static final String LIST = """
            SELECT c.oid, n.nspname, c.relname, format('%I.%I', n.nspname, c.relname), s.seqincrement < 0, s.seqcycle,
                   pg_catalog.has_sequence_privilege(c.oid, 'select')
                     AND pg_catalog.has_schema_privilege(n.oid, 'usage')
            FROM pg_catalog.pg_sequence s
            JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND NOT (c.relpersistence = 'u' AND pg_catalog.pg_is_in_recovery())
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                              WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                                AND d.deptype = 'e')
            ORDER BY n.nspname, c.relname
            """;

    /**
     * One sequence.
     *
     * @param called whether {@code value} was given out already; else it is the next one
     * @param turns whether it begins again at its end
     */
    record Sequence(
            long oid,
            String schema,
            String name,
            String quoted,
            boolean descending,
            boolean turns,
            long value,
            boolean called) {

        /** Whether a sequence like this one stands here or further on with {@code then} and {@code calledThen}. */
        boolean isReached(long then, boolean calledThen) {
            if (turns) {
                return true;
            }
            if (then == value) {
                return calledThen || !called;
            }
            return descending ? then < value : then > value;
        }

        private Sequence at(long now, boolean calledNow) {
            return new Sequence(oid, schema, name, quoted, descending, turns, now, calledNow);
        }
    }

    /** Those of the session's database; each statement stands alone, so that no lock is kept. */
    static Sequences read(Connection connection) throws SQLException {
        List<Sequence> listed = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(LIST)) {
                while (row.next()) {
                    if (row.getBoolean(7)) {
                        listed.add(new Sequence(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getBoolean(5),
                                row.getBoolean(6),
                                0,
                                false));
                    } else {
                        closed.add(row.getString(4));
                    }
                }
            }
            return new Sequences(valued(statement, listed), closed);
        }
    }

    List<String> warnings() {
        return closed.isEmpty()
                ? List.of()
                : List.of("%d sequences could not be looked at, because the role may not read them; the first is %s"
                        .formatted(closed.size(), closed.getFirst()));
    }

    private static List<Sequence> valued(Statement statement, List<Sequence> listed) throws SQLException {
        List<Sequence> valued = new ArrayList<>();
        for (int from = 0; from < listed.size(); from += BATCH) {
            Map<Long, Sequence> batch = new HashMap<>();
            listed.subList(from, Math.min(from + BATCH, listed.size())).forEach(it -> batch.put(it.oid(), it));
            List<String> queries = batch.values().stream()
                    .map(it -> "SELECT %d::bigint, last_value, is_called FROM ".formatted(it.oid()) + it.quoted())
                    .toList();
            try (ResultSet row = statement.executeQuery(String.join(" UNION ALL ", queries))) {
                while (row.next()) {
                    Sequence sequence = batch.get(row.getLong(1));
                    if (sequence != null) {
                        valued.add(sequence.at(row.getLong(2), row.getBoolean(3)));
                    }
                }
            }
        }
        return valued;
    }
}
