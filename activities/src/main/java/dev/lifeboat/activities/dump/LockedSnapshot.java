package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.postgres.ServerFailures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One moment of a database that several sessions can look at, with all its tables locked against a rewrite. The locks
 * come first: a TRUNCATE or a rewriting ALTER TABLE that commits between the two would show every table empty to both
 * the dump and whoever counts, and nobody would notice.
 *
 * @param id what other sessions name to see the same moment
 * @param time when, by the server's clock, UTC
 * @param lsn the write-ahead log was at least here; the exact place of a logical dump cannot be said
 */
record LockedSnapshot(String id, Instant time, String lsn, boolean inRecovery, List<Table> tables) {

    private static final Logger log = LoggerFactory.getLogger(LockedSnapshot.class);
    private static final int STARTS = 5;
    private static final int BATCH = 200;

    /** Locks, then looks. Starts over when a table came or went in between. */
    static LockedSnapshot take(Keeper keeper) {
        SQLException last = null;
        for (int start = 1; start <= STARTS; start++) {
            try {
                List<Table> tables = Table.list(keeper.connection());
                begin(keeper.connection());
                lock(keeper.connection(), tables);
                LockedSnapshot snapshot = export(keeper.connection());
                if (locked(tables).containsAll(locked(snapshot.tables))) {
                    return snapshot;
                }
                log.info("a table was made while the others were locked; starting over");
            } catch (SQLException e) {
                if (!isWorthAnotherStart(e)) {
                    throw ServerFailures.working(keeper.address(), "locking the tables", e);
                }
                last = e;
            }
            rollBack(keeper);
        }
        throw Failures.passing(
                "TABLES_KEEP_CHANGING",
                "the tables could not be locked in %d starts%s"
                        .formatted(STARTS, last == null ? "" : ": " + last.getMessage()),
                "a migration or a long lock is in the way; see pg_locks; the step is tried again by itself");
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
    }

    private static void lock(Connection connection, List<Table> all) throws SQLException {
        List<Table> tables =
                all.stream().filter(table -> table.kind().isLocked()).toList();
        try (Statement statement = connection.createStatement()) {
            // The first statement of the transaction: neither it nor LOCK takes a snapshot.
            statement.execute("SET LOCAL lock_timeout = '20s'");
            for (int from = 0; from < tables.size(); from += BATCH) {
                List<String> names = tables.subList(from, Math.min(from + BATCH, tables.size())).stream()
                        .map(Table::quoted)
                        .toList();
                statement.execute("LOCK TABLE ONLY " + String.join(", ONLY ", names) + " IN ACCESS SHARE MODE");
            }
        }
    }

    private static LockedSnapshot export(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT pg_export_snapshot(), clock_timestamp(), pg_is_in_recovery(),
                               CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
                        """)) {
            row.next();
            return new LockedSnapshot(
                    row.getString(1),
                    row.getTimestamp(2).toInstant(),
                    row.getString(4),
                    row.getBoolean(3),
                    Table.list(connection));
        }
    }

    private static boolean isWorthAnotherStart(SQLException e) {
        // undefined table, lock not available, undefined schema
        return Set.of("42P01", "55P03", "3F000").contains(String.valueOf(e.getSQLState()));
    }

    private static void rollBack(Keeper keeper) {
        try {
            keeper.connection().rollback();
            keeper.connection().setAutoCommit(true);
        } catch (SQLException e) {
            throw ServerFailures.working(keeper.address(), "starting over", e);
        }
    }

    // Ids alone would not do: the locks were taken by name, and a name may have moved to another table since.
    private static Set<String> locked(List<Table> tables) {
        Set<String> locked = new HashSet<>();
        tables.stream()
                .filter(table -> table.kind().isLocked())
                .forEach(table -> locked.add(table.oid() + " " + table.quoted()));
        return locked;
    }

    /**
     * The tables, by their quoted names, that were rewritten, truncated or dropped since: nobody can while they are
     * locked, and the snapshot shows them empty if somebody did.
     *
     * @param fresh a session that sees the present; this snapshot's own would show its own time
     */
    List<String> rewrittenSince(Connection fresh) throws SQLException {
        Map<Long, Long> files = new HashMap<>();
        try (Statement statement = fresh.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT oid, relfilenode FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p')")) {
            while (row.next()) {
                files.put(row.getLong(1), row.getLong(2));
            }
        }
        return tables.stream()
                .filter(table -> table.kind().isLocked() && table.file() != files.getOrDefault(table.oid(), -1L))
                .map(Table::quoted)
                .toList();
    }
}
