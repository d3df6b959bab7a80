package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.postgres.ServerFailures;
import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.configuration.ServerAddress;
import dev.lifeboat.workflows.model.RunName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session beside the keeper's that sees the present and holds nothing. It is opened when it is first asked, and again
 * after it was lost. Safe for threads, which take turns.
 */
final class SideSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SideSession.class);

    private final Sql sql;
    private final ServerAddress address;
    private final RunName run;
    private Optional<Connection> connection = Optional.empty();

    SideSession(Sql sql, ServerAddress address, RunName run) {
        this.sql = sql;
        this.address = address;
        this.run = run;
    }

    /** What is asked of a session. */
    interface Question<T> {
        T of(Connection connection) throws SQLException;
    }

    /** Asks; {@code what} says in a failure what was being done. */
    synchronized <T> T ask(String what, Question<T> question) {
        try {
            return question.of(connected());
        } catch (SQLException e) {
            throw ServerFailures.working(address, what, e);
        }
    }

    @Override
    public synchronized void close() {
        connection.ifPresent(open -> {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("a session did not close cleanly; the server ends it by itself", e);
            }
        });
    }

    private Connection connected() throws SQLException {
        if (connection.isEmpty() || connection.get().isClosed()) {
            connection = Optional.of(sql.connect(address, Keeper.purpose(run)));
        }
        return connection.get();
    }
}
