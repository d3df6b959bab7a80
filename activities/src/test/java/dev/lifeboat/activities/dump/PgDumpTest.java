package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.Tools;
import dev.lifeboat.activities.postgres.Expected;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.pulse.TestPulse;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.model.FailureType;
import io.temporal.client.ActivityCanceledException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PgDumpTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROWS = 40_000;
    private static TestPostgres server;

    @TempDir
    Path folder;

    private final BackupOrder order =
            TestTools.order(UUID.randomUUID().toString().substring(0, 4));
    private TestTools setup;

    @BeforeAll
    static void start() {
        server = TestPostgres.start(List.of("log_statement = 'all'"));
        server.createDatabase("orders");
        server.execute(
                "orders",
                "CREATE TABLE orders AS SELECT i AS id, (SELECT string_agg(md5(concat(i, j)), '') FROM generate_series(1, 8) AS j) AS note,"
                        + " timestamptz '2026-01-01 00:00:00+00' + i * interval '1 minute' AS created,"
                        + " decode(md5(i::text), 'hex') AS raw FROM generate_series(1, %d) AS i".formatted(ROWS),
                "CREATE TABLE empty (v int)",
                "CREATE TABLE \"Odd 🛟 name\" AS SELECT 1 AS v");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setUp() {
        setup = new TestTools(folder, server);
    }

    @AfterEach
    void nothingIsReadableByOthersAndNothingIsLeftOver() throws IOException {
        try (Stream<Path> all =
                Stream.of(setup.repositoryFolder(), setup.state()).flatMap(PgDumpTest::below)) {
            assertThat(all.filter(PgDumpTest::isOpenToOthers)).isEmpty();
        }
        assertThat(files(setup.state())).as("records and password files").isEmpty();
        assertThat(ProcessHandle.current().children().filter(PgDumpTest::isPgDump))
                .isEmpty();
    }

    @Test
    void what_is_stored_opens_with_bare_tools_and_has_the_counted_rows() throws Exception {
        Attempt attempt = take();

        assertThat(rows(attempt, "orders")).hasValue(ROWS);
        assertThat(rows(attempt, "empty")).hasValue(0);
        assertThat(rows(attempt, "Odd 🛟 name")).hasValue(1);
        assertThat(opened(attempt).lines().filter(it -> it.contains("\t2026-")).count())
                .isEqualTo(ROWS);
        assertThat(attempt.source().serverVersion()).startsWith("15");
        assertThat(attempt.source().systemId()).isNotBlank();
        assertThat(repository().attempts(new BackupId(order.backup()))).containsExactly(attempt);
        assertThat(String.join(
                        "\n",
                        below(setup.repositoryFolder()).map(PgDumpTest::text).toList()))
                .doesNotContain(TestPostgres.PASSWORD);
    }

    @Test
    void rows_that_come_while_it_dumps_are_neither_counted_nor_dumped() throws Exception {
        server.execute("orders", "CREATE TABLE busy AS SELECT generate_series(1, 10) AS v");
        Slow slow = Slow.fromTheStart();
        setup.door(slow::store);
        CompletableFuture<Attempt> dump = begin();
        slow.awaitFirstByte();

        server.execute("orders", "INSERT INTO busy SELECT generate_series(11, 1000)", "DELETE FROM busy WHERE v < 5");
        slow.goOn();

        assertThat(rows(dump.get(), "busy")).hasValue(10);
        assertThat(opened(dump.get())).contains("COPY public.busy (v) FROM stdin;\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n\\.");
        server.execute("orders", "DROP TABLE busy");
    }

    @Test
    @Tag("slow")
    void settings_of_the_database_do_not_change_the_text() throws Exception {
        String plain = opened(take());
        server.execute(
                "orders",
                "ALTER DATABASE orders SET timezone = 'Asia/Tokyo'",
                "ALTER DATABASE orders SET bytea_output = 'escape'",
                "ALTER DATABASE orders SET datestyle = 'German'",
                "ALTER DATABASE orders SET client_encoding = 'LATIN1'",
                "ALTER DATABASE orders SET statement_timeout = '200ms'");
        try {
            assertThat(opened(take(TestTools.order("zzzz"))).equals(plain)).isTrue();
        } finally {
            server.execute("orders", "ALTER DATABASE orders RESET ALL");
        }
    }

    @Test
    void a_dump_that_is_killed_leaves_nothing_and_is_tried_again() throws Exception {
        Slow slow = new Slow();
        setup.door(slow::store);
        CompletableFuture<Attempt> dump = begin();
        slow.awaitFirstByte();

        new ProcessBuilder("kill", "-9", Long.toString(pgDump().pid())).start().waitFor();
        slow.goOn();

        Expected.passing("DUMP_BROKE_OFF", () -> result(dump));
        assertThat(objects()).isEmpty();
        assertThat(rows(take(), "orders")).hasValue(ROWS);
    }

    @Test
    void a_dump_is_cancelled_at_once() throws Exception {
        Slow slow = new Slow();
        setup.door(slow::store);
        Tools tools = setup.tools();
        Repository repository = setup.open();
        try (TestPulse pulse = new TestPulse()) {
            CompletableFuture<Throwable> dump = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> take(tools, repository, order, pulse)), Thread::startVirtualThread);
            slow.awaitFirstByte();
            slow.goOn();
            pulse.cancel();

            assertThat(dump.get()).isInstanceOf(ActivityCanceledException.class);
        }
        assertThat(objects()).isEmpty();
    }

    @Test
    void a_keeper_whose_session_is_cut_fails_the_dump() throws Exception {
        Slow slow = new Slow();
        setup.door(slow::store);
        CompletableFuture<Attempt> dump = begin();
        slow.awaitFirstByte();

        server.query(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lifeboat %s'"
                                .formatted(order.run())
                        + " AND query NOT LIKE 'COPY%'");
        slow.goOn();

        assertThat(Expected.passing("SERVER_TROUBLE", () -> result(dump))).contains("127.0.0.1");
        assertThat(attempts()).isEmpty();
    }

    @Test
    @Tag("slow")
    void a_server_that_stops_in_the_middle_is_trouble_that_passes() throws Exception {
        Slow slow = new Slow();
        setup.door(slow::store);
        CompletableFuture<Attempt> dump = begin();
        slow.awaitFirstByte();

        server.stop("immediate");
        slow.goOn();
        Throwable trouble = catchThrowable(() -> result(dump));
        server.up();

        Expected.passing("DUMP_BROKE_OFF", () -> {
            throw trouble;
        });
        assertThat(objects()).isEmpty();
        assertThat(rows(take(), "orders")).hasValue(ROWS);
    }

    @Test
    void a_store_that_breaks_kills_the_dump_and_its_cause_is_what_is_said() throws Exception {
        setup.door(store -> Slow.breaking(store, new IllegalStateException("the disk came off")));

        Throwable trouble = catchThrowable(this::take);

        assertThat(trouble).isInstanceOf(IllegalStateException.class).hasMessage("the disk came off");
        assertThat(objects()).isEmpty();
    }

    @Test
    void a_full_disk_is_said_as_such_and_leaves_nothing() throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder(
                                        "mount",
                                        "-t",
                                        "tmpfs",
                                        "-o",
                                        "size=1m,mode=700",
                                        "tmpfs",
                                        setup.repositoryFolder().toString())
                                .start()
                                .waitFor()
                        == 0,
                "a small disk can be mounted by root only");
        try {
            Throwable trouble = catchThrowable(this::take);

            assertThat(trouble)
                    .isInstanceOfSatisfying(
                            dev.lifeboat.repository.store.StoreException.class,
                            full -> assertThat(full.problem())
                                    .isEqualTo(dev.lifeboat.repository.store.StoreException.Problem.FULL));
            assertThat(objects()).isEmpty();
            assertThat(files(setup.repositoryFolder()))
                    .containsExactly(setup.repositoryFolder().resolve("repository.json"));
        } finally {
            new ProcessBuilder("umount", setup.repositoryFolder().toString())
                    .start()
                    .waitFor();
        }
    }

    @Test
    void a_client_that_is_older_than_the_server_is_refused() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Path old = Files.writeString(programs.resolve("pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx------"));
        setup.clientsBelow(programs);

        assertThat(Expected.permanent(FailureType.CLIENT_UNSUITABLE, this::take))
                .contains("the server is PostgreSQL 15", "9.6.24", "postgresql-client-15");
    }

    @Test
    void a_machine_without_a_client_is_said_as_such() throws Exception {
        setup.clientsBelow(Files.createDirectory(folder.resolve("programs")));

        assertThat(Expected.permanent(FailureType.CLIENT_UNSUITABLE, this::take))
                .contains("no pg_dump");
    }

    @Test
    void a_table_that_may_not_be_read_is_said_as_such() throws Exception {
        server.execute(
                "orders",
                "CREATE ROLE reader LOGIN PASSWORD 'pl4nted:s\\ecret' IN ROLE pg_read_all_data",
                "CREATE TABLE guarded (v int)",
                "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY");
        try {
            setup.user("reader");
            assertThat(Expected.permanent(FailureType.NOT_ALLOWED, this::take)).contains("guarded", "BYPASSRLS");
            assertThat(objects()).isEmpty();
        } finally {
            server.execute("orders", "DROP TABLE guarded", "DROP ROLE reader");
        }
    }

    @Test
    void a_table_that_only_looks_like_a_migration_tools_does_no_harm() throws Exception {
        server.execute("orders", "CREATE TABLE databasechangelog (id int)");
        assertThat(take().source().migration()).isEmpty();
        server.execute(
                "orders",
                "CREATE TABLE schema_migrations (version bigint)",
                "INSERT INTO schema_migrations VALUES (9), (10)");
        try {
            assertThat(take().source().migration().orElseThrow().version()).isEqualTo("10");
        } finally {
            server.execute("orders", "DROP TABLE databasechangelog, schema_migrations");
        }
    }

    private CompletableFuture<Attempt> begin() {
        Tools tools = setup.tools();
        Repository repository = setup.open();
        return CompletableFuture.supplyAsync(
                () -> {
                    try (TestPulse pulse = new TestPulse()) {
                        return take(tools, repository, order, pulse);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private Attempt take() throws InterruptedException {
        return take(order);
    }

    private Attempt take(BackupOrder order) throws InterruptedException {
        try (TestPulse pulse = new TestPulse()) {
            return take(setup.tools(), setup.open(), order, pulse);
        }
    }

    private static Attempt take(Tools tools, Repository repository, BackupOrder order, TestPulse pulse)
            throws InterruptedException {
        try (Keeper keeper = Keeper.alone(tools.sql(), tools.settings().server("orders"), order.run(), pulse.pulse())) {
            return new PgDump(tools, repository, order).take(keeper, pulse.pulse());
        }
    }

    private static Attempt result(CompletableFuture<Attempt> dump) throws Throwable {
        try {
            return dump.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause();
        }
    }

    private static ProcessHandle pgDump() {
        return ProcessHandle.current()
                .children()
                .filter(PgDumpTest::isPgDump)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isPgDump(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("pg_dump");
    }

    private Repository repository() {
        return setup.open();
    }

    private List<Attempt> attempts() {
        return repository().attempts(new BackupId(order.backup()));
    }

    private List<Path> objects() throws IOException {
        return files(setup.repositoryFolder()).stream()
                .filter(it -> it.toString().contains("/databases/"))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        return below(folder).filter(Files::isRegularFile).collect(Collectors.toList());
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isOpenToOthers(Path path) {
        try {
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(path);
            return modes.stream().anyMatch(it -> !it.name().startsWith("OWNER"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(Path path) {
        try {
            return Files.isRegularFile(path)
                    ? new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static OptionalLong rows(Attempt attempt, String table) {
        return attempt.tables().stream()
                .filter(it -> it.name().equals(table))
                .map(TableCount::rows)
                .findFirst()
                .orElseThrow();
    }

    /** The dump as SQL text, opened without anything of ours. */
    private String opened(Attempt attempt) throws Exception {
        Path stored = setup.repositoryFolder()
                .resolve(attempt.objects().getFirst().key().value());
        Process tools = new ProcessBuilder(
                        "bash",
                        "-c",
                        "set -o pipefail; age -d -i \"$1\" \"$2\" | zstd -d | \"$3\" -f -",
                        "bash",
                        setup.identityFile().toString(),
                        stored.toString(),
                        server.binaries().resolve("pg_restore").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(tools.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(tools.waitFor()).isZero();
        await().atMost(SOON).until(() -> !tools.isAlive());
        // Newer versions put a new word into every script.
        return text.replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }
}
