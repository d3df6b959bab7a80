package dev.lifeboat.activities.dump;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Something with rows that a database has.
 *
 * @param quoted its name as SQL takes it
 * @param kind what it is
 * @param bytes its size on disk, without indexes
 * @param file which file its rows are in, as the session sees it: a rewrite gives it another one; 0 if it has none
 * @param filter what a dump adds to its query for rows, such as {@code WHERE id > 10}; empty if all rows are dumped
 */
record Table(long oid, String schema, String name, String quoted, Kind kind, long bytes, long file, String filter) {

    enum Kind {
        /** An ordinary table, or the leaf of a partitioned one. */
        ORDINARY,
        /** Has no rows of its own. */
        PARTITIONED,
        /** Its rows are lost in a crash, and a standby does not have them. */
        UNLOGGED,
        /** Belongs to an extension, which dumps only the rows that it filters. */
        EXTENSION_CONFIGURATION,
        /** Its rows are computed: a restore does it again. */
        MATERIALIZED_VIEW,
        /** Its rows live elsewhere. */
        FOREIGN;

        /** Whether a dump locks it. */
        boolean isLocked() {
            return this != MATERIALIZED_VIEW && this != FOREIGN;
        }
    }

    // What pg_dump looks at: no temporary tables, nothing of the system, members of extensions only if they have rows
    // to
    // dump, and those wherever they lie.
    private static final String LIST = """
            SELECT c.oid, n.nspname, c.relname, format('%I.%I', n.nspname, c.relname) AS quoted,
                   CASE WHEN c.relkind = 'f' THEN 'FOREIGN'
                        WHEN c.relkind = 'm' THEN 'MATERIALIZED_VIEW'
                        WHEN c.relpersistence = 'u' AND pg_catalog.pg_is_in_recovery() THEN 'UNLOGGED'
                        WHEN e.oid IS NOT NULL THEN 'EXTENSION_CONFIGURATION'
                        WHEN c.relkind = 'p' THEN 'PARTITIONED'
                        WHEN c.relpersistence = 'u' THEN 'UNLOGGED'
                        ELSE 'ORDINARY' END AS kind,
                   COALESCE(CASE WHEN c.relkind IN ('r', 'p') THEN pg_catalog.pg_relation_size(c.oid)
                     + COALESCE(pg_catalog.pg_relation_size(NULLIF(c.reltoastrelid, 0)), 0) END, 0),
                   c.relfilenode,
                   COALESCE(e.extcondition[pg_catalog.array_position(e.extconfig, c.oid)], '')
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.objsubid = 0
             AND d.deptype = 'e'
            LEFT JOIN pg_catalog.pg_extension e
              ON e.oid = d.refobjid AND c.oid = ANY (e.extconfig) AND c.relkind IN ('r', 'p')
            WHERE c.relkind IN ('r', 'p', 'm', 'f') AND c.relpersistence <> 't'
              AND (e.oid IS NOT NULL
                OR d.objid IS NULL AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
            ORDER BY n.nspname, c.relname
            """;

    /** The tables that the session's role may not read, or not all rows of, by their quoted names. */
    static List<String> notReadable(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT quoted FROM (" + LIST
                        + ") AS t WHERE kind NOT IN ('MATERIALIZED_VIEW', 'FOREIGN')"
                        + " AND (NOT pg_catalog.has_table_privilege(t.oid, 'select')"
                        + " OR NOT pg_catalog.has_schema_privilege(t.nspname, 'usage')"
                        + " OR pg_catalog.row_security_active(t.oid))")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    static List<Table> list(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LIST)) {
            while (row.next()) {
                tables.add(new Table(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Kind.valueOf(row.getString(5)),
                        row.getLong(6),
                        row.getLong(7),
                        row.getString(8)));
            }
        }
        return tables;
    }

    /** Its schema and name, as an operator writes them into {@code lifeboat.yml}. */
    String written() {
        return schema + "." + name;
    }
}
