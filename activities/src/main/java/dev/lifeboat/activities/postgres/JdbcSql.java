package dev.lifeboat.activities.postgres;

import dev.lifeboat.configuration.ServerAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions through the JDBC driver, with the settings that make two sessions write the same text for the same value. */
public final class JdbcSql implements Sql {

    private static final Logger log = LoggerFactory.getLogger(JdbcSql.class);

    // The zone cannot be among the start-up options: the driver puts the JVM's own there.
    private static final String SESSION = """
            SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 3; \
            SET bytea_output = 'hex'; SET xmlbinary = 'base64'; SET search_path = ''; SET row_security = off; \
            SET synchronize_seqscans = off; SET statement_timeout = 0; SET lock_timeout = 0; \
            SET idle_in_transaction_session_timeout = 0""";

    @Override
    public Connection connect(ServerAddress address, String purpose) {
        try {
            Connection connection = new Driver().connect(url(address), properties(address, purpose));
            if (connection == null) {
                throw new IllegalStateException("the driver does not know its own addresses");
            }
            prepare(connection, address);
            return connection;
        } catch (SQLException e) {
            throw ServerFailures.connecting(address, e);
        }
    }

    private static void prepare(Connection connection, ServerAddress address) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // First, because a setting of ours would stay in the session that the pooler gives to somebody else.
            refusePooler(connection, statement, address);
            statement.execute(SESSION);
            // Newer servers have more ways to end a session that only waits.
            if (connection.getMetaData().getDatabaseMajorVersion() >= 14) {
                statement.execute("SET idle_session_timeout = 0");
                endWithUs(statement);
            }
            if (connection.getMetaData().getDatabaseMajorVersion() >= 17) {
                statement.execute("SET transaction_timeout = 0");
            }
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    // A pooler shows its own idea of a process id at login; the server behind it tells the real one.
    private static void refusePooler(Connection connection, Statement statement, ServerAddress address)
            throws SQLException {
        int said = connection.unwrap(PGConnection.class).getBackendPID();
        try (ResultSet answer = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            answer.next();
            if (answer.getInt(1) != said) {
                throw ServerFailures.pooled(
                        ServerFailures.where(address),
                        "it answers for process %d as %d".formatted(answer.getInt(1), said));
            }
        }
    }

    // Else a statement that runs goes on, with its locks, after this process was killed: the next attempt would wait.
    private static void endWithUs(Statement statement) throws SQLException {
        try {
            statement.execute("SET client_connection_check_interval = '2s'");
        } catch (SQLException e) {
            if (!PSQLState.INVALID_PARAMETER_VALUE.getState().equals(e.getSQLState())) {
                throw e;
            }
            log.debug("this server's system cannot tell that a client has gone", e);
        }
    }

    // Host and port only; everything else is a property, so that no name needs escaping.
    private static String url(ServerAddress address) {
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        return "jdbc:postgresql://%s:%d/".formatted(host, address.port());
    }

    private static Properties properties(ServerAddress address, String purpose) {
        Properties properties = new Properties();
        PGProperty.PG_DBNAME.set(properties, address.database());
        PGProperty.USER.set(properties, address.user());
        address.password().ifPresent(secret -> PGProperty.PASSWORD.set(properties, secret.read()));
        PGProperty.CONNECT_TIMEOUT.set(
                properties, Integer.parseInt(address.parameters().getOrDefault("connect_timeout", "10")));
        // A server that accepts and then says nothing must not hang the login either.
        PGProperty.LOGIN_TIMEOUT.set(properties, 30);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, purpose);
        for (String name : new String[] {"sslmode", "sslrootcert", "sslcert", "sslkey"}) {
            String value = address.parameters().get(name);
            if (value != null) {
                properties.setProperty(name, value);
            }
        }
        return properties;
    }
}
