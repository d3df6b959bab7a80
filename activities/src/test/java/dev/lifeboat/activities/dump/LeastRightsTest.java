package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.Expected;
import dev.lifeboat.activities.postgres.OddDatabase;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.workflows.model.FailureType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LeastRightsTest {

    private static final Path SQL = Path.of("..", "ops", "sql", "lifeboat-backup.sql");
    private static TestPostgres server;

    @TempDir
    Path folder;

    private Taking taking;

    @BeforeAll
    static void start() {
        server = TestPostgres.start(List.of("max_locks_per_transaction = 256"));
        OddDatabase.create(server, "orders");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setUp() {
        applied();
        server.execute("orders", "ALTER ROLE lifeboat_backup PASSWORD 'pl4nted:s\\ecret'");
        taking = new Taking(server, new TestTools(folder, server).user("lifeboat_backup"));
    }

    @Test
    void the_role_of_our_sql_backs_up_an_odd_database_whole() throws Exception {
        Attempt attempt = taking.attempt();

        assertThat(attempt.warnings()).isEmpty();
        assertThat(attempt.source().systemId()).isNotBlank();
        assertThat(Taking.table(attempt, "secrets").rows()).hasValue(3);
        assertThat(attempt.largeObjects().orElseThrow().count()).isEqualTo(4);
        assertThat(attempt.objects()).hasSize(2);
    }

    @Test
    void the_role_of_our_sql_can_change_nothing() {
        assertThat(server.query("orders", """
                SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication
                    OR pg_has_role('lifeboat_backup', 'pg_write_all_data', 'member')
                    OR has_table_privilege('lifeboat_backup', 'public.numbers', 'insert, update, delete, truncate')
                FROM pg_roles WHERE rolname = 'lifeboat_backup'
                """)).isEqualTo("f");
    }

    @Test
    void row_security_that_the_role_may_not_pass_stops_the_backup_and_names_the_table() {
        applied("-v", "bypass_row_security=off");

        assertThat(Expected.permanent(FailureType.NOT_ALLOWED, taking::attempt)).contains("secrets", "BYPASSRLS");
    }

    @Test
    void a_large_object_that_is_closed_to_the_role_stops_the_backup_and_is_named() {
        server.execute("orders", "SELECT lo_from_bytea(70009, 'new')");
        try {
            assertThat(Expected.permanent(FailureType.NOT_ALLOWED, taking::attempt))
                    .contains("large object 70009");
        } finally {
            server.execute("orders", "SELECT lo_unlink(70009)");
        }
    }

    private static void applied(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "-X",
                "-v",
                "ON_ERROR_STOP=1",
                "-v",
                "database=orders",
                "-f",
                SQL.toAbsolutePath().toString()));
        arguments.addAll(List.of(more));
        arguments.add("orders");
        server.client("psql", arguments.toArray(String[]::new));
    }
}
