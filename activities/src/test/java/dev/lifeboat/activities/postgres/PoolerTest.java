package dev.lifeboat.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.configuration.ServerAddress;
import dev.lifeboat.workflows.model.FailureType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PoolerTest {

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.execute("postgres", "ALTER DATABASE postgres SET search_path = 'app, public'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "transaction"})
    void a_pooler_is_refused_and_nothing_of_ours_stays_in_its_sessions(String mode) throws Exception {
        try (TestPooler pooler = TestPooler.before(server, mode)) {
            ServerAddress direct = server.address("postgres");
            ServerAddress pooled = new ServerAddress(
                    direct.host(), pooler.port(), direct.user(), "postgres", direct.password(), Map.of());

            String words = Expected.permanent(
                    FailureType.POOLED_CONNECTION,
                    () -> new JdbcSql().connect(pooled, "test").close());

            assertThat(words).contains("is a connection pooler").contains("the server's own address");
            // The application gets the same session next, and no statement of its own resets it.
            assertThat(settingsOfTheApplication(pooler.port())).isEqualTo("\"app, public\"|on|hex");
        }
    }

    @Test
    void the_server_itself_is_accepted() throws Exception {
        try (Connection connection = new JdbcSql().connect(server.address("postgres"), "test")) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private static String settingsOfTheApplication(int port) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
                        TestPostgres.USER,
                        TestPostgres.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT concat_ws('|', current_setting('search_path'),"
                        + " current_setting('row_security'), current_setting('bytea_output'))")) {
            row.next();
            return row.getString(1);
        }
    }
}
