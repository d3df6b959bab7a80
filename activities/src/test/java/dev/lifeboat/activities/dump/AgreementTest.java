package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.activities.postgres.Expected;
import dev.lifeboat.activities.postgres.JdbcSql;
import dev.lifeboat.activities.postgres.Sql;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.Attempt;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.workflows.model.FailureType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AgreementTest {

    private static TestPostgres server;

    @TempDir
    Path folder;

    private TestTools setup;
    private Taking taking;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void freshDatabase() {
        server.execute("postgres", "DROP DATABASE IF EXISTS orders WITH (FORCE)");
        server.createDatabase("orders");
        server.execute(
                "orders",
                "CREATE TABLE orders AS SELECT i AS id, 'note ' || i AS note FROM generate_series(1, 1000) AS i",
                "CREATE TABLE lines AS SELECT i AS id FROM generate_series(1, 10) AS i",
                "CREATE SEQUENCE numbers",
                "SELECT setval('numbers', 700)",
                "SELECT lo_from_bytea(0, 'one'), lo_from_bytea(0, 'two')");
        setup = new TestTools(folder, server);
        taking = new Taking(server, setup);
    }

    @Test
    void a_row_that_is_lost_on_the_way_fails_the_attempt_and_is_named_with_its_table() {
        // The line feed after row 7 becomes a space: lengths and all else are as they should be.
        taking.pgDumpIs(folder, "$REAL/pg_dump \"$@\" | perl -0777 -pe 's/7\\tnote 7\\n/7\\tnote 7 /'");

        assertThat(differs()).contains("public.orders has 1,000 rows by SQL and 999 in the dump");
    }

    @Test
    void a_byte_that_is_lost_on_the_way_fails_the_attempt() {
        taking.pgDumpIs(folder, "$REAL/pg_dump \"$@\" | perl -0777 -pe 's/note 500\\n/note 50\\n/'");

        assertThat(differs()).contains("the dump is not what the database holds");
    }

    @Test
    void a_dump_that_ends_too_early_with_a_good_exit_code_fails_the_attempt() {
        taking.pgDumpIs(
                folder,
                "$REAL/pg_dump \"$@\" > $PGPASSFILE.dump; size=$(stat -c %s $PGPASSFILE.dump);"
                        + " head -c $((size - 100)) $PGPASSFILE.dump; rm $PGPASSFILE.dump");

        differs();
    }

    @Test
    void rows_that_are_not_in_the_dump_at_all_fail_the_attempt() {
        taking.pgDumpIs(folder, "exec $REAL/pg_dump --exclude-table-data=lines \"$@\"");

        assertThat(differs()).contains("the dump has no rows of public.lines, not even none");
    }

    @Test
    void a_table_that_was_not_locked_fails_the_attempt() {
        taking.pgDumpIs(folder, """
                $REAL/psql -qAtX -c 'CREATE TABLE late AS SELECT 1' 1>&2
                arguments=()
                for one in "$@"; do case $one in --snapshot=*) ;; *) arguments+=("$one") ;; esac; done
                exec $REAL/pg_dump "${arguments[@]}"
                """);

        assertThat(differs()).contains("\"public\".\"late\" is in the dump, but was not locked");
    }

    @Test
    void large_objects_that_are_left_out_fail_the_attempt() {
        taking.pgDumpIs(folder, "exec $REAL/pg_dump --no-blobs \"$@\"");

        assertThat(differs()).contains("there are 2 large objects by SQL and 0 in the dump");
    }

    @Test
    void a_sequence_that_stands_behind_in_the_dump_fails_the_attempt() {
        taking.pgDumpIs(
                folder, "$REAL/pg_dump \"$@\" | perl -0777 -pe 's/numbers., 700, true/numbers\\x27, 699, true/'");

        assertThat(differs()).contains("sequence public.numbers stood at 700 before the dump");
    }

    @Test
    void a_sequence_that_somebody_sets_back_meanwhile_is_a_warning() throws Exception {
        taking.pgDumpIs(
                folder, "$REAL/psql -qAtX -c \"SELECT setval('numbers', 5)\" > /dev/null; exec $REAL/pg_dump \"$@\"");

        assertThat(taking.attempt().warnings())
                .anySatisfy(it -> assertThat(it).contains("public.numbers was set back"));
    }

    @Test
    void a_table_that_is_rewritten_although_it_should_be_locked_fails_the_attempt() {
        // As if the locks did not hold: the rewrite comes after the snapshot, and before anybody else has a lock.
        Sql deaf = Taking.hearing(new JdbcSql(), it -> it.startsWith("LOCK TABLE"));
        Thread taker = Thread.currentThread();
        AtomicInteger sessions = new AtomicInteger();
        Sql sql = (address, purpose) -> {
            if (Thread.currentThread().equals(taker) && sessions.incrementAndGet() == 2) {
                server.execute("orders", "ALTER TABLE lines ALTER id TYPE bigint");
            }
            return deaf.connect(address, purpose);
        };

        assertThat(Expected.permanent(FailureType.DUMP_AND_DATABASE_DIFFER, () -> taking.attempt(sql)))
                .contains("1 tables were rewritten", "public.lines");
        assertThat(taking.sealed()).isEmpty();
    }

    @Test
    void tables_that_are_rewritten_before_they_are_locked_are_in_the_dump_with_their_rows() throws Exception {
        List<String> once = new ArrayList<>(List.of(
                "ALTER TABLE orders ALTER id TYPE bigint",
                "TRUNCATE lines",
                "INSERT INTO lines SELECT generate_series(1, 20)"));
        Sql sql = Taking.hearing(new JdbcSql(), it -> {
            if (it.startsWith("LOCK TABLE")) {
                once.forEach(migration -> server.execute("orders", migration));
                once.clear();
            }
            return false;
        });

        Attempt attempt = taking.attempt(sql);

        assertThat(Taking.table(attempt, "orders").rows()).hasValue(1000);
        assertThat(Taking.table(attempt, "lines").rows()).hasValue(20);
    }

    @Test
    void every_kind_of_table_is_described_by_name() throws Exception {
        EveryKind.of(server, "orders");
        setup.database("backup: { exclude-data: [public.plain] }");

        Attempt attempt = taking.attempt();

        assertThat(note(attempt, "orders")).isEqualTo(TableCount.COUNTED);
        assertThat(note(attempt, "parent")).isEqualTo(TableCount.COUNTED);
        assertThat(Taking.table(attempt, "parent").rows()).hasValue(3);
        assertThat(note(attempt, "quick")).isEqualTo(TableCount.COUNTED);
        assertThat(note(attempt, "parted")).startsWith("partitioned");
        assertThat(note(attempt, "far")).startsWith("foreign");
        assertThat(note(attempt, "kept")).startsWith("materialized view");
        assertThat(Taking.table(attempt, "kept").rows()).hasValue(2);
        assertThat(note(attempt, "never")).startsWith("materialized view").contains("has not been populated");
        assertThat(note(attempt, "config")).startsWith("extension configuration");
        assertThat(Taking.table(attempt, "config").rows()).hasValue(4);
        assertThat(note(attempt, "plain")).isEqualTo("its rows are left out by the configuration");
        assertThat(Taking.table(attempt, "plain").rows()).isEqualTo(OptionalLong.empty());
        assertThat(attempt.tables())
                .filteredOn(
                        it -> List.of("parted", "far", "kept", "never", "plain").contains(it.name()))
                .allMatch(it -> it.fingerprint().isEmpty());
        assertThat(attempt.tables())
                .filteredOn(it -> it.note().equals(TableCount.COUNTED))
                .allMatch(it -> it.fingerprint().isPresent());
    }

    @Test
    void without_fingerprints_sql_alone_counts() throws Exception {
        setup.database("backup: { fingerprints: off }");

        Attempt attempt = taking.attempt();

        assertThat(Taking.table(attempt, "orders"))
                .isEqualTo(TableCount.inDump("public", "orders", 1000, TableCount.NOT_COMPARED));
        assertThat(attempt.warnings())
                .anyMatch(it -> it.contains("not compared with the database") && it.contains("`fingerprints: off`"));
        assertThat(attempt.schemaFingerprint()).isEmpty();
        assertThat(attempt.largeObjects().orElseThrow().count()).isEqualTo(2);
    }

    private String differs() {
        String words = Expected.permanent(FailureType.DUMP_AND_DATABASE_DIFFER, taking::attempt);
        assertThat(taking.sealed()).isEmpty();
        return words;
    }

    private static String note(Attempt attempt, String table) {
        return Taking.table(attempt, table).note();
    }
}
