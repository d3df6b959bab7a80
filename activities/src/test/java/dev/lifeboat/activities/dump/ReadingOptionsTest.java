package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.postgres.JdbcSql;
import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.TestPulse;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.TableCount;
import io.temporal.client.ActivityCanceledException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReadingOptionsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static TestPostgres server;

    @TempDir
    Path folder;

    private TestTools setup;
    private Taking taking;

    @BeforeAll
    static void start() {
        server = TestPostgres.start(List.of("log_statement = 'all'"));
        server.createDatabase("orders");
        server.execute(
                "orders",
                "CREATE TABLE orders AS SELECT i AS id, repeat(md5(i::text), 24) AS note FROM generate_series(1, 10000) AS i",
                "CREATE TABLE sessions AS SELECT generate_series(1, 10) AS v",
                "CREATE TABLE sessions_too AS SELECT generate_series(1, 3) AS v",
                "CREATE SCHEMA \"Odd \"\" *?\"",
                "CREATE TABLE \"Odd \"\" *?\".\"a.b|c$\" AS SELECT 1 AS v",
                "CREATE TABLE parted (v int) PARTITION BY RANGE (v)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100)",
                "INSERT INTO parted SELECT generate_series(1, 5)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setUp() {
        setup = new TestTools(folder, server);
        taking = new Taking(server, setup);
    }

    @Test
    void rows_are_left_out_of_exactly_the_tables_that_are_named() throws Exception {
        setup.database("backup: { exclude-data: [public.sessions, 'Odd \" *?.a.b|c$', public.parted, public.gone] }");

        Attempt attempt = taking.attempt();

        for (String left : List.of("sessions", "a.b|c$", "parted_1")) {
            assertThat(Taking.table(attempt, left).note()).isEqualTo("its rows are left out by the configuration");
            assertThat(Taking.table(attempt, left).rows()).isEmpty();
        }
        assertThat(Taking.table(attempt, "sessions_too"))
                .matches(it -> it.note().equals(TableCount.COUNTED));
        assertThat(Taking.table(attempt, "orders").rows()).hasValue(10_000);
        assertThat(attempt.warnings())
                .containsExactly("`exclude-data` names 'public.gone', which is no table of this database");
    }

    @Test
    void what_a_sample_leaves_out_is_named_and_has_the_rows_of_the_dump() throws Exception {
        setup.database("backup: { count: 'sample:1' }");
        int before = counts();

        Attempt attempt = taking.attempt();

        assertThat(counts() - before).isEqualTo(1);
        assertThat(attempt.tables())
                .filteredOn(it -> it.note().equals(TableCount.COUNTED))
                .hasSize(1);
        assertThat(attempt.tables())
                .filteredOn(it -> it.note().equals("not counted: a sample of 1 tables was, and not this one"))
                .hasSize(4)
                .allMatch(it -> it.rows().isPresent() && it.fingerprint().isPresent());
    }

    @Test
    void nothing_is_counted_by_sql_when_counting_is_off_and_the_dump_still_knows_its_rows() throws Exception {
        setup.database("backup: { count: off }");
        int before = counts();

        Attempt attempt = taking.attempt();

        assertThat(counts() - before).isZero();
        assertThat(Taking.table(attempt, "orders").rows()).hasValue(10_000);
        assertThat(Taking.table(attempt, "orders").note()).contains("count: off");
    }

    @Test
    void a_limit_to_the_rate_holds_and_is_no_stall() throws Exception {
        // In so long a program begins, also on a busy machine.
        setup.database("backup: { rate-limit: 1MB, stalled-after: 4s }");
        long begun = System.nanoTime();

        Attempt attempt = taking.attempt();

        long dump = attempt.objects().getFirst().plainBytes();
        Duration least = Duration.ofMillis(dump / 1000);
        assertThat(least).as("longer than it may stand still").isGreaterThan(Duration.ofSeconds(6));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(least);
    }

    @Test
    void a_dump_that_is_slowed_down_is_cancelled_at_once() throws Exception {
        setup.database("backup: { rate-limit: 1MB }");
        Tools tools = setup.tools();
        Repository repository = setup.open();
        try (TestPulse pulse = new TestPulse()) {
            CompletableFuture<Throwable> dump = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> {
                        try (Keeper keeper = Keeper.alone(
                                tools.sql(),
                                tools.settings().server("orders"),
                                taking.order().run(),
                                pulse.pulse())) {
                            new PgDump(tools, repository, taking.order()).take(keeper, pulse.pulse());
                        }
                    }),
                    Thread::startVirtualThread);
            await().atMost(SOON)
                    .until(() -> !server.query(
                                    "postgres",
                                    "SELECT pid FROM pg_stat_activity WHERE query LIKE 'COPY public.orders%'")
                            .isEmpty());
            pulse.cancel();

            await().atMost(SOON).until(dump::isDone);
            assertThat(dump.get()).isInstanceOf(ActivityCanceledException.class);
        }
    }

    @Test
    void a_table_that_takes_longer_to_count_than_a_stream_may_stand_still_is_no_stall() throws Exception {
        setup.database("backup: { stalled-after: 4s }");
        // Until the dump has long ended and its stream would count as stalled.
        Sql slow = Taking.hearing(new JdbcSql(), sql -> {
            if (sql.contains("pg_largeobject_metadata")) {
                server.query("orders", "SELECT pg_sleep(10)");
            }
            return false;
        });

        assertThat(Taking.table(taking.attempt(slow), "orders").rows()).hasValue(10_000);
    }

    private static int counts() {
        return server.log().split("SELECT count\\(\\*\\) FROM ONLY", -1).length - 1;
    }
}
