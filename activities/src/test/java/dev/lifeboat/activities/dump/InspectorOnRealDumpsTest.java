package dev.lifeboat.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lifeboat.activities.postgres.OddDatabase;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.archive.Inspection;
import dev.lifeboat.repository.archive.Inspector;
import dev.lifeboat.repository.archive.LargeObjects;
import dev.lifeboat.repository.archive.Relation;
import dev.lifeboat.repository.archive.RowSums;
import dev.lifeboat.repository.archive.SequenceValue;
import dev.lifeboat.repository.archive.TableData;
import dev.lifeboat.repository.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The inspector on what pg_dump really writes. */
@Timeout(120)
class InspectorOnRealDumpsTest {

    private static TestPostgres server;
    private static Dumps dumps;
    private static byte[] odd;
    private static Inspection found;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        dumps = new Dumps(server);
        OddDatabase.create(server, "odd");
        odd = dumps.of("odd", "-Fc", "-Z0");
        found = Dumps.inspected(odd);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_table_has_the_rows_and_the_fingerprint_that_the_server_gives() throws Exception {
        assertThat(found.understood()).isTrue();
        assertThat(found.archiveVersion()).isEqualTo("1.14");
        assertThat(found.tables()).containsExactlyElementsOf(dumps.asked("odd", found.tables()));
        assertThat(found.tables().stream().map(it -> it.schema() + "|" + it.name()))
                .containsExactlyInAnyOrderElementsOf(names("relkind = 'r'"));
        assertThat(rows(found, "no_columns")).isEqualTo(3);
        assertThat(rows(found, "no_columns_and_no_rows")).isZero();
        assertThat(rows(found, "empty")).isZero();
        assertThat(rows(found, "only_generated")).isEqualTo(2);
        assertThat(rows(found, "line\nbreak")).isEqualTo(2);
    }

    @Test
    void what_holds_no_rows_itself_is_named() throws Exception {
        assertThat(relations(Relation.Kind.TABLE)).containsExactlyInAnyOrderElementsOf(names("relkind IN ('r', 'p')"));
        assertThat(relations(Relation.Kind.FOREIGN_TABLE))
                .containsExactlyInAnyOrderElementsOf(names("relkind = 'f'"))
                .isNotEmpty();
        assertThat(relations(Relation.Kind.MATERIALIZED_VIEW))
                .containsExactlyInAnyOrderElementsOf(names("relkind = 'm'"))
                .isNotEmpty();
    }

    @Test
    void every_sequence_has_its_value() throws Exception {
        List<SequenceValue> asked = new ArrayList<>();
        try (Connection connection = server.connect("odd");
                Statement statement = connection.createStatement();
                Statement each = connection.createStatement();
                ResultSet sequence = statement.executeQuery("""
                        SELECT nspname, relname, format('%I.%I', nspname, relname)
                        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'S'
                        """)) {
            while (sequence.next()) {
                try (ResultSet value =
                        each.executeQuery("SELECT last_value, is_called FROM " + sequence.getString(3))) {
                    value.next();
                    asked.add(new SequenceValue(
                            sequence.getString(1), sequence.getString(2), value.getLong(1), value.getBoolean(2)));
                }
            }
        }
        assertThat(found.sequences()).containsExactlyInAnyOrderElementsOf(asked).hasSizeGreaterThan(7);
    }

    @Test
    void large_objects_are_hashed_with_their_ids() throws Exception {
        RowSums sums = new RowSums();
        try (Connection connection = server.connect("odd");
                Statement statement = connection.createStatement();
                ResultSet object =
                        statement.executeQuery("SELECT oid::int8, lo_get(oid) FROM pg_largeobject_metadata")) {
            while (object.next()) {
                byte[] content = object.getBytes(2);
                ByteBuffer row = ByteBuffer.allocate(4 + content.length)
                        .putInt((int) object.getLong(1))
                        .put(content);
                sums.add(row.array(), 0, row.capacity());
            }
        }
        assertThat(found.largeObjects()).contains(new LargeObjects(4, sums.fingerprint()));
    }

    @Test
    void a_dump_in_a_file_with_positions_gives_the_same(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("odd.dump");
        dumps.of("odd", "-Fc", "-Z0", "-f", file.toString());
        assertThat(Files.readAllBytes(file)).isNotEqualTo(odd);
        assertThat(Dumps.inspected(Files.readAllBytes(file))).isEqualTo(found);
    }

    @Test
    void the_size_of_the_pieces_does_not_matter() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int most : new int[] {1, 7, 100, 4096, 100_000}) {
            Inspector inspector = new Inspector();
            for (int at = 0; at < odd.length; ) {
                int length = Math.min(odd.length - at, 1 + random.nextInt(most));
                byte[] piece = Arrays.copyOfRange(odd, at - Math.min(at, 3), at + length);
                inspector.add(piece, piece.length - length, length);
                Arrays.fill(piece, (byte) '\n');
                at += length;
            }
            assertThat(inspector.end())
                    .as("pieces of up to %d bytes, seed %d", most, seed)
                    .isEqualTo(found);
        }
    }

    @Test
    void a_cut_is_seen_wherever_it_is() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            int length = random.nextInt(odd.length);
            assertThatThrownBy(() -> Dumps.inspected(Arrays.copyOf(odd, length)))
                    .as("cut to %d bytes, seed %d", length, seed)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            it -> assertThat(it.problem()).isEqualTo(StoreException.Problem.DAMAGED));
        }
    }

    @Test
    void damage_never_does_worse_than_a_refusal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] sound = dumps.of("odd", "-Fc", "-Z0", "-t", "numbers", "-t", "times", "-t", "serial_");
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = sound.clone();
            damaged[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(catchThrowable(() -> Dumps.inspected(damaged)))
                    .as("seed %d, number %d", seed, i)
                    .satisfiesAnyOf(
                            thrown -> assertThat(thrown).isNull(),
                            thrown -> assertThat(thrown).isInstanceOf(StoreException.class));
        }
    }

    @Test
    @Tag("slow")
    void a_restored_copy_has_the_same_fingerprints_of_rows_and_schema(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("odd.dump"), odd);
        try (TestPostgres elsewhere = TestPostgres.start()) {
            elsewhere.execute("postgres", "CREATE TABLE moves_all_ids (a int, b text)");
            elsewhere.client("pg_restore", "-e", "-C", "-d", "postgres", file.toString());
            assertThat(new Dumps(elsewhere).inspect("odd")).isEqualTo(found);

            elsewhere.execute("odd", "ALTER TABLE public.empty ALTER v SET DEFAULT 1");
            assertThat(new Dumps(elsewhere).inspect("odd").schemaFingerprint()).isNotEqualTo(found.schemaFingerprint());
        }
    }

    @Test
    void any_change_of_rows_changes_the_fingerprint_but_their_order_does_not() {
        server.createDatabase("changing");
        server.execute("changing", "CREATE TABLE t AS SELECT g AS a, g * 2 AS b FROM generate_series(1, 100) g");
        TableData before = changing("SELECT 1");

        assertThat(changing("UPDATE t SET b = 0 WHERE a = 50").fingerprint()).isNotEqualTo(before.fingerprint());
        assertThat(changing("UPDATE t SET b = 100 WHERE a = 50")).isEqualTo(before);
        assertThat(changing("UPDATE t SET b = 42 - b WHERE b IN (20, 22)").fingerprint())
                .as("two values swapped between rows")
                .isNotEqualTo(before.fingerprint());
        assertThat(changing("UPDATE t SET b = 42 - b WHERE b IN (20, 22)")).isEqualTo(before);
        assertThat(changing("UPDATE t SET b = b WHERE a % 3 = 0"))
                .as("rows moved")
                .isEqualTo(before);
        assertThat(changing("INSERT INTO t VALUES (1, 2), (1, 2)").fingerprint())
                .as("two equal rows more")
                .isNotEqualTo(before.fingerprint());
    }

    @Test
    void rows_of_an_extensions_configuration_table_are_those_that_its_condition_leaves() {
        server.createDatabase("configured");
        // None of those that come with the server has one, so one of them is given a table.
        server.execute(
                "configured",
                "CREATE EXTENSION insert_username",
                "CREATE TABLE rules (name text, builtin boolean)",
                "INSERT INTO rules VALUES ('theirs', true), ('ours', false), ('ours, too', false)",
                "ALTER EXTENSION insert_username ADD TABLE rules",
                "UPDATE pg_extension SET extconfig = ARRAY['rules'::regclass::oid], extcondition = ARRAY['WHERE NOT builtin']"
                        + " WHERE extname = 'insert_username'");
        RowSums sums = new RowSums();
        for (String row : List.of("ours\tf", "ours, too\tf")) {
            sums.add(row.getBytes(StandardCharsets.UTF_8), 0, row.length());
        }

        Inspection inspection = dumps.inspect("configured");

        assertThat(inspection.tables()).containsExactly(new TableData("public", "rules", 2, sums.fingerprint()));
        assertThat(inspection.relations())
                .as("defined by the extension, not by the dump")
                .isEmpty();
    }

    @Test
    void names_are_read_in_the_encoding_of_the_dump() {
        Map<String, String> names =
                Map.of("LATIN1", "größe", "LATIN2", "nő", "WIN1251", "таблица", "EUC_JP", "表", "SQL_ASCII", "größe 表");
        names.forEach((encoding, name) -> {
            server.execute(
                    "postgres",
                    "CREATE DATABASE \"%s\" ENCODING '%s' LOCALE 'C' TEMPLATE template0".formatted(encoding, encoding));
            server.execute(encoding, "CREATE TABLE \"%s\" AS SELECT 1 AS v".formatted(name));
            assertThat(rows(dumps.inspect(encoding), name)).as(encoding).isEqualTo(1);
        });
    }

    @Test
    void a_dump_that_is_compressed_or_of_inserts_is_not_guessed_at() {
        for (String[] arguments : new String[][] {{"-Fc", "-Z1"}, {"-Fc", "-Z0", "--inserts", "-t", "numbers"}}) {
            Inspection found = Dumps.inspected(dumps.of("odd", arguments));
            assertThat(found.understood()).isFalse();
            assertThat(found)
                    .isEqualTo(new Inspection(
                            "1.14", found.whyNot(), List.of(), Optional.empty(), List.of(), "", List.of()));
        }
    }

    @Test
    void other_formats_are_refused() {
        for (String format : List.of("-Fp", "-Ft")) {
            assertThatThrownBy(() -> Dumps.inspected(dumps.of("odd", format, "-t", "numbers")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no custom-format dump");
        }
    }

    private static TableData changing(String sql) {
        server.execute("changing", sql);
        return dumps.inspect("changing").tables().getFirst();
    }

    private static long rows(Inspection inspection, String name) {
        return inspection.tables().stream()
                .filter(it -> it.schema().equals("public") && it.name().equals(name))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    private static List<String> relations(Relation.Kind kind) {
        return found.relations().stream()
                .filter(it -> it.kind() == kind)
                .map(it -> it.schema() + "|" + it.name())
                .toList();
    }

    private static List<String> names(String condition) throws Exception {
        List<String> names = new ArrayList<>();
        try (Connection connection = server.connect("odd");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT nspname || '|' || relname FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = relnamespace"
                        + " WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND " + condition)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
