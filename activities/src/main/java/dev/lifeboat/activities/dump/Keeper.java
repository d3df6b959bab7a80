package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.postgres.ServerFailures;
import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.activities.pulse.Pulse;
import dev.lifeboat.configuration.ServerAddress;
import dev.lifeboat.workflows.model.RunName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session that keeps a run's dump alone and its snapshot alive. It holds an advisory lock of the run's name, which
 * dies with it: so whoever gets the lock knows that no other attempt of the run works on this server any more.
 */
public final class Keeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final Executor HERE = Runnable::run;

    private final ServerAddress address;
    private final Connection connection;

    private Keeper(ServerAddress address, Connection connection) {
        this.address = address;
        this.connection = connection;
    }

    /** Opens the session and waits, for as long as it takes, until no other attempt of {@code run} works. */
    public static Keeper alone(Sql sql, ServerAddress address, RunName run, Pulse pulse) throws InterruptedException {
        Connection connection = sql.connect(address, purpose(run));
        Keeper keeper = new Keeper(address, connection);
        try {
            pulse.whenTold(keeper::abort);
            keeper.awaitTurn(run, pulse);
            return keeper;
        } catch (RuntimeException | InterruptedException e) {
            keeper.close();
            throw e;
        }
    }

    /** Ends the sessions of {@code run} on the server, its keeper's and its dump's: a role may end its own. */
    public static void endOthers(Sql sql, ServerAddress address, RunName run) {
        try (Connection connection = sql.connect(address, "lifeboat ends " + run);
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
                        WHERE usename = current_user AND datname = current_database()
                          AND application_name = pg_catalog.left(?, 63)
                        """)) {
            statement.setString(1, purpose(run));
            statement.execute();
        } catch (SQLException e) {
            throw ServerFailures.working(address, "ending what still works for the run", e);
        }
    }

    /** What a run's sessions are called in the server's activity view. */
    static String purpose(RunName run) {
        return "lifeboat " + run;
    }

    Connection connection() {
        return connection;
    }

    ServerAddress address() {
        return address;
    }

    /** The server's process id of the session. */
    int process() {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw ServerFailures.working(address, "asking for the session's process", e);
        }
    }

    /** Cuts the session off at once, also in the middle of a statement. */
    void abort() {
        try {
            connection.abort(HERE);
        } catch (SQLException e) {
            log.warn("a session could not be cut off", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("a session did not close cleanly; the server ends it by itself", e);
        }
    }

    private void awaitTurn(RunName run, Pulse pulse) throws InterruptedException {
        boolean waited = false;
        while (!tryLock(run)) {
            if (!waited) {
                log.info("an earlier attempt of {} still works; waiting for it", run);
                pulse.measure("waiting for an earlier attempt that still works", 0, false);
                waited = true;
            }
            pulse.rest(BETWEEN_TRIES);
        }
    }

    private boolean tryLock(RunName run) {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, key(run));
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        } catch (SQLException e) {
            throw ServerFailures.working(address, "taking the run's lock", e);
        }
    }

    private static long key(RunName run) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(("lifeboat " + run).getBytes(StandardCharsets.UTF_8));
            return java.nio.ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw Failures.passing("NO_SHA_256", "this JVM has no SHA-256", "use another JDK");
        }
    }
}
