package dev.lifeboat.activities.postgres;

import dev.lifeboat.configuration.ServerAddress;
import java.sql.Connection;

/** The door to database servers. */
public interface Sql {

    /**
     * Opens a session that {@code purpose} names in the server's activity view.
     *
     * @throws io.temporal.failure.ApplicationFailure in words, if the server cannot be reached or refuses
     */
    Connection connect(ServerAddress address, String purpose);
}
