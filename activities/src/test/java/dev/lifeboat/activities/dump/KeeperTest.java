package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.JdbcSql;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.TestPulse;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeeperTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RunName RUN = TestTools.order("aaaa").run();
    private static final RunName OTHER = TestTools.order("bbbb").run();
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_second_of_one_run_waits_until_the_first_has_ended() throws Exception {
        Keeper first = keeper(RUN);
        CompletableFuture<Keeper> second = later(RUN);
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> !second.isDone());

        first.close();

        await().atMost(SOON).until(second::isDone);
        second.get().close();
    }

    @Test
    void those_of_two_runs_do_not_wait_for_each_other() throws Exception {
        try (Keeper first = keeper(RUN);
                Keeper second = keeper(OTHER)) {
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void one_that_waits_hears_that_it_should_stop_and_leaves_no_session() throws Exception {
        try (Keeper first = keeper(RUN);
                TestPulse told = new TestPulse()) {
            assertThat(first.address()).isEqualTo(server.address("postgres"));
            Thread cancel = Thread.ofPlatform().unstarted(told::cancel);
            CompletableFuture<Throwable> second = CompletableFuture.supplyAsync(
                    () -> catchThrowable(
                            () -> Keeper.alone(new JdbcSql(), server.address("postgres"), RUN, told.pulse())),
                    Thread::startVirtualThread);
            await().atMost(SOON).until(() -> sessions(RUN) == 2);
            cancel.start();

            assertThat(second.get()).isInstanceOf(ActivityCanceledException.class);
            await().atMost(SOON).until(() -> sessions(RUN) == 1);
        }
    }

    @Test
    void one_that_is_cut_off_in_the_middle_of_a_statement_lets_the_next_one_in_at_once() throws Exception {
        Keeper first = keeper(RUN);
        CompletableFuture<Throwable> working = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> {
                    try (Statement statement = first.connection().createStatement()) {
                        statement.execute("SELECT pg_sleep(300)");
                    }
                }),
                Thread::startVirtualThread);
        await().atMost(SOON)
                .until(() -> server.query(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(300)'")
                        .equals("1"));

        first.abort();

        assertThat(working.get()).isInstanceOf(SQLException.class);
        CompletableFuture<Keeper> second = later(RUN);
        await().atMost(SOON).until(second::isDone);
        second.get().close();
    }

    @Test
    void no_setting_of_role_or_database_ends_it_while_it_only_waits() throws Exception {
        server.createDatabase("strict");
        server.execute(
                "strict",
                "ALTER DATABASE strict SET idle_in_transaction_session_timeout = '1s'",
                "ALTER DATABASE strict SET statement_timeout = '1s'",
                "ALTER DATABASE strict SET idle_session_timeout = '1s'");
        try (TestPulse pulse = new TestPulse();
                Keeper keeper = Keeper.alone(new JdbcSql(), server.address("strict"), RUN, pulse.pulse());
                Statement statement = keeper.connection().createStatement()) {
            keeper.connection().setAutoCommit(false);
            statement.execute("SELECT 1");
            await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> sessions(RUN) == 1);
            statement.execute("SELECT pg_sleep(1.2)");
        }
    }

    @Test
    void a_server_that_went_away_is_trouble_that_passes() throws Exception {
        Keeper keeper = keeper(RUN);
        server.query(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lifeboat %s'"
                        .formatted(RUN));

        assertThatThrownBy(() -> LockedSnapshot.take(keeper))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(Failures.hint(failure)).isNotBlank();
                });
        keeper.close();
    }

    private static Keeper keeper(RunName run) throws InterruptedException {
        try (TestPulse pulse = new TestPulse()) {
            return Keeper.alone(new JdbcSql(), server.address("postgres"), run, pulse.pulse());
        }
    }

    private static CompletableFuture<Keeper> later(RunName run) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return keeper(run);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static int sessions(RunName run) {
        return Integer.parseInt(server.query(
                "postgres",
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lifeboat %s'".formatted(run)));
    }
}
