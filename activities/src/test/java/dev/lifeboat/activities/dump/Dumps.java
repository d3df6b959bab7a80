package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.archive.CopyText;
import dev.lifeboat.repository.archive.Inspection;
import dev.lifeboat.repository.archive.Inspector;
import dev.lifeboat.repository.archive.RowSums;
import dev.lifeboat.repository.archive.TableData;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** Dumps as our backups take them, and the fingerprints that the server itself gives for the same tables. */
final class Dumps {

    private static final List<String> AS_PG_DUMP = List.of(
            "SET timezone = 'UTC'",
            "SET bytea_output = 'hex'",
            "SET xmlbinary = 'base64'",
            "SET extra_float_digits = 3",
            "SET datestyle = 'ISO'",
            "SET intervalstyle = 'POSTGRES'",
            "SET search_path = ''",
            "SET row_security = off",
            "SET synchronize_seqscans = off");

    private final TestPostgres server;

    Dumps(TestPostgres server) {
        this.server = server;
    }

    byte[] of(String database, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(server.binaries().resolve("pg_dump").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder dump = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        dump.environment().put("PGHOST", "127.0.0.1");
        dump.environment().put("PGPORT", Integer.toString(server.port()));
        dump.environment().put("PGUSER", TestPostgres.USER);
        dump.environment().put("PGPASSWORD", TestPostgres.PASSWORD);
        dump.environment().put("PGDATABASE", database);
        dump.environment().put("PGTZ", "UTC");
        dump.environment().put("PGOPTIONS", "-c bytea_output=hex -c xmlbinary=base64");
        try {
            Process process = dump.start();
            byte[] bytes = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("pg_dump failed");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Inspection inspect(String database) {
        return inspected(of(database, "-Fc", "-Z0"));
    }

    static Inspection inspected(byte[] dump) {
        Inspector inspector = new Inspector();
        inspector.add(dump, 0, dump.length);
        return inspector.end();
    }

    /** The same tables, counted by SQL and copied out by the server. */
    List<TableData> asked(String database, List<TableData> tables) throws SQLException, IOException {
        List<TableData> asked = new ArrayList<>();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String setting : AS_PG_DUMP) {
                statement.execute(setting);
            }
            for (TableData table : tables) {
                String name = quoted(table.schema()) + "." + quoted(table.name());
                RowSums sums = copied(connection, name + columns(connection, table));
                asked.add(new TableData(table.schema(), table.name(), counted(statement, name), sums.fingerprint()));
            }
        }
        return asked;
    }

    private static String columns(Connection connection, TableData table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT coalesce('(' || string_agg(quote_ident(attname), ', ' ORDER BY attnum) || ')', '')
                FROM pg_catalog.pg_attribute
                WHERE attrelid = (SELECT c.oid FROM pg_catalog.pg_class c
                                  JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace
                                  WHERE nspname = ? AND relname = ?)
                  AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                """)) {
            query.setString(1, table.schema());
            query.setString(2, table.name());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static RowSums copied(Connection connection, String what) throws SQLException, IOException {
        CopyText text = new CopyText();
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                text.add(bytes, offset, length);
            }
        };
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY " + what + " TO STDOUT", sink);
        return text.sums();
    }

    private static long counted(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + name)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
