package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.Expected;
import dev.lifeboat.activities.postgres.JdbcSql;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.TestPulse;
import dev.lifeboat.workflows.model.FailureType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LockedSnapshotTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start(List.of("log_statement = 'all'", "max_locks_per_transaction = 1000"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void freshDatabase() {
        server.execute("postgres", "DROP DATABASE IF EXISTS orders WITH (FORCE)");
        server.createDatabase("orders");
    }

    @Test
    void a_truncate_or_rewrite_that_comes_before_the_snapshot_waits_and_the_snapshot_has_the_rows() throws Exception {
        server.execute(
                "orders",
                "CREATE TABLE truncated AS SELECT generate_series(1, 1000) AS v",
                "CREATE TABLE rewritten AS SELECT generate_series(1, 1000) AS v");
        List<CompletableFuture<Void>> migrations = new ArrayList<>();
        // At the worst moment: the tables are locked, or should be, and the snapshot is about to be exported.
        Function<String, Runnable> before = sql -> sql.contains("pg_export_snapshot")
                ? () -> {
                    migrations.add(migrate("TRUNCATE truncated"));
                    migrations.add(migrate("ALTER TABLE rewritten ALTER v TYPE bigint"));
                    await().atMost(SOON)
                            .until(() -> waiting() == 2 || migrations.stream().allMatch(CompletableFuture::isDone));
                }
                : () -> {};

        try (Session session = new Session(before)) {
            LockedSnapshot snapshot = LockedSnapshot.take(session.keeper());

            assertThat(counts(session, snapshot)).isEqualTo(Map.of("truncated", 1000L, "rewritten", 1000L));
            assertThat(migrations).noneMatch(CompletableFuture::isDone);
            // It waits behind the migrations that wait for us: it has to give up, and can never see an empty table.
            assertThatThrownBy(() -> rowsInDump(snapshot))
                    .hasMessageContaining("timeout")
                    .hasMessageContaining("LOCK TABLE");
        }
        for (CompletableFuture<Void> migration : migrations) {
            migration.get();
        }
    }

    @Test
    void a_table_that_is_made_in_between_is_found_and_locked() throws Exception {
        server.execute("orders", "CREATE TABLE first AS SELECT 1 AS v");
        List<String> once = new ArrayList<>(List.of("CREATE TABLE late AS SELECT generate_series(1, 7) AS v"));
        Function<String, Runnable> before = sql -> () -> {
            if (sql.startsWith("LOCK TABLE") && !once.isEmpty()) {
                server.execute("orders", once.removeFirst());
            }
        };

        try (Session session = new Session(before)) {
            LockedSnapshot snapshot = LockedSnapshot.take(session.keeper());

            assertThat(lockedBy(session)).containsExactly("public.first", "public.late");
            assertThat(counts(session, snapshot)).isEqualTo(Map.of("first", 1L, "late", 7L));
        }
    }

    @Test
    void a_table_that_goes_in_between_is_not_missed() throws Exception {
        server.execute("orders", "CREATE TABLE first AS SELECT 1 AS v", "CREATE TABLE gone AS SELECT 1 AS v");
        List<String> once = new ArrayList<>(List.of("DROP TABLE gone"));
        Function<String, Runnable> before = sql -> () -> {
            if (sql.startsWith("LOCK TABLE") && !once.isEmpty()) {
                server.execute("orders", once.removeFirst());
            }
        };

        try (Session session = new Session(before)) {
            LockedSnapshot snapshot = LockedSnapshot.take(session.keeper());

            assertThat(counts(session, snapshot)).isEqualTo(Map.of("first", 1L));
        }
    }

    @Test
    void tables_that_change_names_in_between_are_all_locked() throws Exception {
        server.execute("orders", "CREATE TABLE a AS SELECT 1 AS v", "CREATE TABLE b AS SELECT 2 AS v");
        List<String> once = new ArrayList<>(
                List.of("ALTER TABLE b RENAME TO c; ALTER TABLE a RENAME TO b; CREATE VIEW a AS SELECT 3 AS v"));
        Function<String, Runnable> before = sql -> () -> {
            if (sql.startsWith("LOCK TABLE") && !once.isEmpty()) {
                server.execute("orders", once.removeFirst());
            }
        };

        try (Session session = new Session(before)) {
            LockedSnapshot.take(session.keeper());

            assertThat(lockedBy(session)).contains("public.b", "public.c");
        }
    }

    @Test
    void tables_that_never_come_to_rest_are_trouble_that_passes() throws Exception {
        server.execute("orders", "CREATE TABLE first AS SELECT 1 AS v");
        int[] made = {0};
        Function<String, Runnable> before = sql -> () -> {
            if (sql.startsWith("LOCK TABLE")) {
                server.execute("orders", "CREATE TABLE late_%d (v int)".formatted(made[0]++));
            }
        };

        try (Session session = new Session(before)) {
            Expected.passing("TABLES_KEEP_CHANGING", () -> LockedSnapshot.take(session.keeper()));
            assertThat(lockedBy(session)).isEmpty();
        }
    }

    @Test
    void odd_names_are_locked_and_counted() throws Exception {
        List<String> names = List.of(
                "Two Words",
                "o'rders",
                "quo\"ted",
                "a?b",
                "a;b",
                "{fn now()}",
                "$1",
                "$$",
                "select",
                "🛟",
                "a.b",
                "back\\slash",
                "line\nbreak",
                "percent%s",
                "-- comment",
                "/* comment");
        for (String name : names) {
            String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
            server.execute("orders", "CREATE SCHEMA " + quoted);
            server.execute("orders", "CREATE TABLE %s.%s AS SELECT 1 AS v".formatted(quoted, quoted));
        }

        try (Session session = new Session(sql -> () -> {})) {
            LockedSnapshot snapshot = LockedSnapshot.take(session.keeper());

            assertThat(counts(session, snapshot))
                    .isEqualTo(names.stream().collect(Collectors.toMap(name -> name, name -> 1L)));
            assertThat(rowsInDump(snapshot)).isEqualTo(names.size());
        }
    }

    @Test
    void what_is_locked_is_what_pg_dump_locks() throws Exception {
        EveryKind.of(server, "orders");

        try (Session session = new Session(sql -> () -> {})) {
            LockedSnapshot snapshot = LockedSnapshot.take(session.keeper());
            TreeSet<String> ours = new TreeSet<>(lockedBy(session));
            int before = server.log().length();
            rowsInDump(snapshot);

            Matcher lock = Pattern.compile("LOCK TABLE (.+?) IN ACCESS SHARE MODE")
                    .matcher(server.log().substring(before));
            TreeSet<String> theirs = new TreeSet<>();
            while (lock.find()) {
                theirs.addAll(List.of(lock.group(1).replace("ONLY ", "").split(", ", -1)));
            }
            assertThat(theirs).isNotEmpty();
            // It copies the rows of an extension's configuration without a lock; ours protects those, too.
            theirs.add("public.config");
            assertThat(ours).isEqualTo(theirs);
        }
    }

    @Test
    void every_kind_of_table_is_treated_by_name() throws Exception {
        EveryKind.of(server, "orders");

        try (Session session = new Session(sql -> () -> {})) {
            LockedSnapshot snapshot = LockedSnapshot.take(session.keeper());
            Map<String, Table.Kind> kinds =
                    snapshot.tables().stream().collect(Collectors.toMap(Table::name, Table::kind));

            assertThat(kinds)
                    .hasSize(11)
                    .containsEntry("never", Table.Kind.MATERIALIZED_VIEW)
                    .containsAllEntriesOf(Map.of(
                            "plain", Table.Kind.ORDINARY,
                            "parent", Table.Kind.ORDINARY,
                            "child", Table.Kind.ORDINARY,
                            "parted", Table.Kind.PARTITIONED,
                            "parted_1", Table.Kind.ORDINARY,
                            "parted_2", Table.Kind.ORDINARY,
                            "quick", Table.Kind.UNLOGGED,
                            "config", Table.Kind.EXTENSION_CONFIGURATION,
                            "kept", Table.Kind.MATERIALIZED_VIEW,
                            "far", Table.Kind.FOREIGN));
            assertThat(counts(session, snapshot))
                    .isEqualTo(Map.of(
                            "plain",
                            2L,
                            "parent",
                            3L,
                            "child",
                            4L,
                            "parted_1",
                            5L,
                            "parted_2",
                            6L,
                            "quick",
                            7L,
                            "config",
                            4L,
                            "kept",
                            2L));
        }
    }

    @Test
    void a_table_that_may_not_be_read_stops_for_good_and_names_it() throws Exception {
        server.execute(
                "orders",
                "DROP ROLE IF EXISTS reader",
                "CREATE ROLE reader LOGIN PASSWORD 'pl4nted:s\\ecret'",
                "CREATE TABLE closed (v int)");

        try (Session session = new Session("reader", sql -> () -> {})) {
            assertThat(Expected.permanent(FailureType.NOT_ALLOWED, () -> LockedSnapshot.take(session.keeper())))
                    .contains("closed", "GRANT pg_read_all_data TO reader");
        }
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void ten_thousand_tables_are_locked_many_at_once_and_counted_with_one_statement_each() throws Exception {
        for (int from = 0; from < 10_000; from += 1000) {
            server.execute(
                    "orders",
                    "DO $$ BEGIN FOR i IN %d..%d LOOP EXECUTE format('CREATE TABLE t_%%s (v int)', i);"
                                    .formatted(from, from + 999)
                            + " END LOOP; END $$");
        }

        try (Session session = new Session(sql -> () -> {})) {
            int before = server.log().length();
            LockedSnapshot snapshot = LockedSnapshot.take(session.keeper());
            assertThat(snapshot.tables()).hasSize(10_000);
            assertThat(counts(session, snapshot)).hasSize(10_000);

            // Each is a round trip; how long one takes is the machine's affair.
            List<String> asked = statements(server.log().substring(before));
            assertThat(asked).filteredOn(it -> it.startsWith("LOCK TABLE")).hasSizeBetween(1, 100);
            assertThat(asked)
                    .filteredOn(it -> it.startsWith("SELECT count(*) FROM ONLY"))
                    .hasSize(10_000);
            assertThat(asked).as("nothing else for each table").hasSizeLessThan(10_200);
        }
    }

    private static CompletableFuture<Void> migrate(String sql) {
        return CompletableFuture.runAsync(() -> server.execute("orders", sql), Thread::startVirtualThread);
    }

    private static int waiting() {
        return Integer.parseInt(server.query(
                "orders", "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"));
    }

    /** Of a server's log, each without its further lines. */
    private static List<String> statements(String log) {
        return Pattern.compile("LOG:  (?:statement|execute [^:]+): (.*)")
                .matcher(log)
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    private static Map<String, Long> counts(Session session, LockedSnapshot snapshot) throws InterruptedException {
        var plan =
                new ReadingPlan(snapshot, new Exclusions(Set.of(), List.of()), new CountChoice(Optional.empty(), ""));
        return Counts.begin(session.keeper(), plan, new FirstTrouble()).await().tables().stream()
                .filter(it -> it.rows().isPresent())
                .collect(Collectors.toMap(
                        it -> it.table().name(), it -> it.rows().getAsLong()));
    }

    private static List<String> lockedBy(Session session) throws Exception {
        try (Statement statement = session.keeper().connection().createStatement();
                ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
            pid.next();
            String sql = """
                    SELECT string_agg(l.name, E'\\n' ORDER BY l.name) FROM (
                      SELECT format('%%I.%%I', n.nspname, c.relname) AS name, l.relation FROM pg_locks l
                      JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE l.pid = %d AND l.mode = 'AccessShareLock' AND n.nspname !~ '^pg_' AND c.relkind IN ('r', 'p', 'f')
                    ) AS l
                    """.formatted(pid.getInt(1));
            String names = server.query("orders", sql);
            return names.equals("null") ? List.of() : names.lines().toList();
        }
    }

    /** The rows in what pg_dump writes of the snapshot, as text. */
    private static long rowsInDump(LockedSnapshot snapshot) {
        String dump = server.client(
                "pg_dump", "--inserts", "--lock-wait-timeout=1000", "--snapshot=" + snapshot.id(), "orders");
        return dump.lines().filter(line -> line.contains("INSERT INTO ")).count();
    }

    /** A keeper's session in which a test can do something before a statement is executed. */
    private static final class Session implements AutoCloseable {

        private final TestPulse pulse = new TestPulse();
        private final Keeper keeper;

        Session(Function<String, Runnable> before) throws InterruptedException {
            this(TestPostgres.USER, before);
        }

        Session(String user, Function<String, Runnable> before) throws InterruptedException {
            var address = server.address("orders");
            var as = new dev.lifeboat.configuration.ServerAddress(
                    address.host(), address.port(), user, "orders", address.password(), Map.of());
            keeper = Keeper.alone(
                    (where, purpose) -> watched(Connection.class, new JdbcSql().connect(where, purpose), before),
                    as,
                    TestTools.order("aaaa").run(),
                    pulse.pulse());
        }

        Keeper keeper() {
            return keeper;
        }

        @Override
        public void close() {
            keeper.close();
            pulse.close();
        }

        private static <T> T watched(Class<T> type, T real, Function<String, Runnable> before) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                        if (method.getName().startsWith("execute") && arguments != null) {
                            before.apply(String.valueOf(arguments[0])).run();
                        }
                        try {
                            Object result = method.invoke(real, arguments);
                            return method.getName().equals("createStatement") && result instanceof Statement statement
                                    ? watched(Statement.class, statement, before)
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }
}
