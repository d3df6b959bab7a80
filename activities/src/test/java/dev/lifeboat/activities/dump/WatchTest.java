package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.Expected;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.Attempt;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WatchTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static TestPostgres server;

    @TempDir
    Path folder;

    private final Slow slow = new Slow();
    private TestTools setup;
    private Taking taking;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("orders");
        server.execute(
                "orders",
                "CREATE TABLE orders AS SELECT i AS id, (SELECT string_agg(md5(concat(i, j)), '') FROM generate_series(1, 8) AS j)"
                        + " AS note FROM generate_series(1, 20000) AS i",
                "CREATE TABLE waited (v int)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setUp() {
        setup = new TestTools(folder, server).door(slow::store);
        taking = new Taking(server, setup);
    }

    @Test
    void a_migration_that_waits_for_our_locks_is_told_of_and_the_dump_goes_on() throws Throwable {
        setup.database("backup: { blocked-after: 1s }");
        CompletableFuture<Attempt> dump = taking.begin();
        slow.awaitFirstByte();

        CompletableFuture<Void> migration = migrate();
        await().atMost(SOON).until(() -> watched("a migration"));
        slow.goOn();

        assertThat(Taking.result(dump).warnings())
                .singleElement()
                .asString()
                .isEqualTo("'a migration' (user 'lifeboat') has waited for more than 1 s for a lock on public.waited,"
                        + " which the dump reads");
        migration.get();
    }

    @Test
    void one_who_waits_less_than_the_limit_is_not_told_of() throws Throwable {
        setup.database("backup: { blocked-after: 60s }");
        CompletableFuture<Attempt> dump = taking.begin();
        slow.awaitFirstByte();

        CompletableFuture<Void> migration = migrate();
        await().atMost(SOON).until(() -> watched("a migration"));
        slow.goOn();

        assertThat(Taking.result(dump).warnings()).isEmpty();
        migration.get();
    }

    @Test
    void a_dump_that_should_give_way_lets_the_migration_through_and_leaves_nothing() throws Throwable {
        setup.database("backup: { blocked-after: 1s, on-blocked: yield }");
        CompletableFuture<Attempt> dump = taking.begin();
        slow.awaitFirstByte();

        CompletableFuture<Void> migration = migrate();

        // The dump itself still hangs in its store: the locks go first.
        await().atMost(SOON).until(migration::isDone);
        assertThat(dump).isNotDone();
        slow.goOn();
        Throwable trouble = catchThrowable(() -> Taking.result(dump));
        assertThat(Expected.passing("GAVE_WAY", () -> {
                    throw trouble;
                }))
                .contains("'a migration'", "public.waited", "on-blocked");
        assertThat(taking.sealed()).isEmpty();
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private static CompletableFuture<Void> migrate() {
        return CompletableFuture.runAsync(
                () -> {
                    try (Connection connection = server.connect("orders");
                            Statement statement = connection.createStatement()) {
                        statement.execute("SET application_name = 'a migration'");
                        statement.execute("ALTER TABLE waited ALTER v TYPE bigint");
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    /** Whether somebody of that name has waited for longer than the short limit, and the watch has looked since. */
    private static boolean watched(String application) {
        return !server.query(
                        "orders",
                        "SELECT pid FROM pg_stat_activity WHERE application_name = '%s' AND wait_event_type = 'Lock'"
                                        .formatted(application)
                                + " AND clock_timestamp() - query_start > interval '4 seconds'")
                .isEmpty();
    }
}
