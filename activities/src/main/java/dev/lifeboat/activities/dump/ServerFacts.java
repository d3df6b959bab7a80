package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.postgres.ServerFailures;
import dev.lifeboat.repository.Extension;
import dev.lifeboat.repository.Migration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server and one of its databases are, as a manifest records it.
 *
 * @param systemId identifies the server's data; empty if the role may not see it
 * @param now the server's clock, UTC
 * @param monetary {@code lc_monetary}, in which columns of the type money are written; empty if there are none
 * @param passwordsReadable whether the role may read the password hashes of roles
 * @param migration what the application's migration tool says it has come to, if it is one that we know
 */
public record ServerFacts(
        String database,
        String version,
        int major,
        String systemId,
        Instant now,
        String encoding,
        String collation,
        String characterType,
        Optional<String> collationVersion,
        Optional<String> localeProvider,
        Optional<String> locale,
        Optional<String> monetary,
        boolean passwordsReadable,
        long bytes,
        List<Extension> extensions,
        Optional<Migration> migration,
        List<String> tablesNotReadable) {

    // Which column of which table names the newest migration, and which other column says what is newest.
    private static final List<String[]> TOOLS = List.of(
            new String[] {"flyway_schema_history", "version", "installed_rank"},
            new String[] {"alembic_version", "version_num", "version_num"},
            new String[] {"schema_migrations", "version", "version"},
            new String[] {"_prisma_migrations", "migration_name", "finished_at"},
            new String[] {"databasechangelog", "id", "orderexecuted"},
            new String[] {"django_migrations", "name", "id"});

    private static final String MONETARY = """
            SELECT current_setting('lc_monetary') WHERE EXISTS (
              SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              WHERE a.atttypid IN ('pg_catalog.money'::pg_catalog.regtype, 'pg_catalog.money[]'::pg_catalog.regtype)
                AND c.relkind IN ('r', 'p') AND NOT a.attisdropped)
            """;

    public static ServerFacts of(Keeper keeper) {
        try {
            return read(keeper.connection());
        } catch (SQLException e) {
            throw ServerFailures.working(keeper.address(), "asking the server what it is", e);
        }
    }

    private static ServerFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,
                               clock_timestamp(), pg_encoding_to_char(encoding), datcollate, datctype,
                               to_jsonb(d) ->> 'datcollversion', to_jsonb(d) ->> 'datlocprovider',
                               COALESCE(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
                               pg_database_size(d.oid), datname
                        FROM pg_database d WHERE datname = current_database()
                        """)) {
            row.next();
            return new ServerFacts(
                    row.getString(11),
                    row.getString(1),
                    row.getInt(2),
                    systemId(connection),
                    row.getTimestamp(3).toInstant(),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    Optional.ofNullable(row.getString(7)),
                    Optional.ofNullable(row.getString(8)).map(ServerFacts::provider),
                    Optional.ofNullable(row.getString(9)),
                    Optional.of(one(connection, MONETARY)).filter(name -> !name.isEmpty()),
                    one(connection, "SELECT has_table_privilege('pg_catalog.pg_authid', 'select')::text")
                            .equals("true"),
                    row.getLong(10),
                    extensions(connection),
                    migration(connection),
                    Table.notReadable(connection));
        }
    }

    private static String provider(String letter) {
        return switch (letter) {
            case "i" -> "icu";
            case "b" -> "builtin";
            default -> "libc";
        };
    }

    private static String systemId(Connection connection) throws SQLException {
        boolean allowed = one(
                        connection, "SELECT has_function_privilege('pg_catalog.pg_control_system()', 'execute')::text")
                .equals("true");
        return allowed ? one(connection, "SELECT system_identifier::text FROM pg_catalog.pg_control_system()") : "";
    }

    private static List<Extension> extensions(Connection connection) throws SQLException {
        List<Extension> extensions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT extname, extversion FROM pg_catalog.pg_extension ORDER BY extname")) {
            while (row.next()) {
                extensions.add(new Extension(row.getString(1), row.getString(2)));
            }
        }
        return extensions;
    }

    private static Optional<Migration> migration(Connection connection) throws SQLException {
        for (String[] tool : TOOLS) {
            String place = one(connection, """
                    SELECT format('%%I.%%I', n.nspname, c.relname) FROM pg_catalog.pg_class c
                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = '%s' AND NOT a.attisdropped
                    JOIN pg_catalog.pg_attribute o ON o.attrelid = c.oid AND o.attname = '%s' AND NOT o.attisdropped
                    WHERE c.relname = '%s' AND c.relkind = 'r' AND has_table_privilege(c.oid, 'select')
                    ORDER BY n.nspname = 'public' DESC, n.nspname LIMIT 1
                    """.formatted(tool[1], tool[2], tool[0]));
            if (!place.isEmpty()) {
                // The alias, because a plain name would order by the text: 9 before 10.
                String version = one(
                        connection,
                        "SELECT t.%s::text AS newest FROM %s AS t ORDER BY t.%s DESC NULLS LAST LIMIT 1"
                                .formatted(tool[1], place, tool[2]));
                return Optional.of(new Migration(tool[0], version));
            }
        }
        return Optional.empty();
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getString(1) != null ? row.getString(1) : "";
        }
    }
}
