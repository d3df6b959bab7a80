package dev.lifeboat.repository.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifeboat.repository.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On constructed dumps: formats newer than the server of the tests, and what pg_dump would never write. */
class InspectorTest {

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16})
    void every_known_version_is_read(int minor) {
        byte[] content = {10, 0, 10};
        WrittenArchive archive = new WrittenArchive(minor)
                .table(10, "shoes", List.of("1\tred", "2\tblue"))
                .table(20, "a", List.of())
                .entry(30, "SEQUENCE SET", "public", "s", "SELECT pg_catalog.setval('public.s', -42, true);\n", false)
                .largeObjects(40, -294_967_295, content);

        Inspection found = inspect(archive.bytes());

        RowSums objects = new RowSums();
        objects.add(
                ByteBuffer.allocate(7).putInt((int) 4_000_000_001L).put(content).array(), 0, 7);
        assertThat(found.archiveVersion()).isEqualTo("1." + minor);
        assertThat(found.understood()).isTrue();
        assertThat(found.tables())
                .containsExactly(
                        new TableData("public", "a", 0, new Fingerprint(0, 0)),
                        new TableData("public", "shoes", 2, fingerprint("1\tred", "2\tblue")));
        assertThat(found.relations())
                .extracting(Relation::kind, Relation::name)
                .containsExactly(tuple(Relation.Kind.TABLE, "a"), tuple(Relation.Kind.TABLE, "shoes"));
        assertThat(found.sequences()).containsExactly(new SequenceValue("public", "s", -42, true));
        assertThat(found.largeObjects()).contains(new LargeObjects(1, objects.fingerprint()));
        assertThat(found.schemaFingerprint()).matches("[0-9a-f]{64}");
    }

    @Test
    void several_blocks_of_large_objects_are_one_set() {
        byte[] one = {1};
        byte[] two = {2};
        Inspection together = inspect(new WrittenArchive(16)
                .largeObjects(5, 100, one)
                .largeObjects(6, 101, two)
                .bytes());
        Inspection otherOrder = inspect(new WrittenArchive(16)
                .largeObjects(5, 101, two)
                .largeObjects(6, 100, one)
                .bytes());
        Inspection swapped = inspect(new WrittenArchive(16)
                .largeObjects(5, 100, two)
                .largeObjects(6, 101, one)
                .bytes());

        assertThat(together.largeObjects().orElseThrow().count()).isEqualTo(2);
        assertThat(otherOrder.largeObjects()).isEqualTo(together.largeObjects());
        assertThat(swapped.largeObjects()).isNotEqualTo(together.largeObjects());
    }

    @Test
    void what_is_not_known_is_not_guessed_at() {
        WrittenArchive known = shoes();
        for (byte[] dump : List.of(
                version(known.bytes(), 1, 13),
                version(known.bytes(), 1, 17),
                version(known.bytes(), 2, 14),
                shoes().compression(6).bytes(),
                shoes().compression(-1).bytes(),
                new WrittenArchive(16)
                        .compression(1)
                        .table(10, "shoes", List.of())
                        .bytes(),
                shoes().entry(50, "MARVELLOUS DATA", "public", "x", "", true).bytes(),
                shoes().entry(50, "SEQUENCE SET", "public", "s", "SELECT something_else();", false)
                        .bytes())) {
            Inspection found = inspect(dump);
            assertThat(found)
                    .isEqualTo(Inspection.notUnderstood(
                            found.archiveVersion(), found.whyNot().orElseThrow()));
            assertThat(found.archiveVersion()).isEqualTo((dump[5] & 0xff) + "." + (dump[6] & 0xff));
        }
    }

    @Test
    void why_a_dump_is_not_understood_is_said_as_it_is() {
        assertThat(inspect(version(shoes().bytes(), 1, 17)).whyNot().orElseThrow())
                .contains("archive format 1.17");
        assertThat(inspect(shoes().compression(6).bytes()).whyNot().orElseThrow())
                .contains("compressed it");
        assertThat(inspect(shoes().entry(50, "SEQUENCE SET", "public", "s", "SELECT something_else();", false)
                                .bytes())
                        .whyNot()
                        .orElseThrow())
                .contains("sequence in a form");
    }

    @Test
    void an_unknown_kind_of_block_in_a_known_version_is_damage() {
        byte[] dump = shoes().bytes();
        dump[position(dump, "1\tred") - 11] = 2;
        assertDamaged(dump, "a block of data of the unknown kind 2");
    }

    @Test
    void a_cut_is_seen_even_between_two_blocks() {
        byte[] dump = shoes().table(20, "last", List.of("1")).bytes();
        for (int length = 0; length < dump.length; length++) {
            assertDamaged(Arrays.copyOf(dump, length), "");
        }
        int lastBlock = position(dump, "1\n\\.\n\n\n") - 11;
        assertDamaged(Arrays.copyOf(dump, lastBlock), "it ends before 1 of its blocks of data");
    }

    @Test
    void what_pg_dump_would_not_write_is_damage_with_a_reason() {
        assertDamaged("what is this, and what for?".getBytes(StandardCharsets.UTF_8), "no custom-format dump");
        assertDamaged(shoes().block(77, "\\.\n\n\n").bytes(), "id 77, which is not expected");
        assertDamaged(shoes().block(11, "\\.\n\n\n").bytes(), "id 11, which is not expected");
        assertDamaged(
                shoes().entry(11, "TABLE DATA", "public", "again", "", true).bytes(), "two entries have the id 11");
        assertDamaged(shoes().entry(-4, "TABLE", "public", "x", "", false).bytes(), "the id -4");
        assertDamaged(
                new WrittenArchive(14)
                        .entry(9, "TABLE DATA", "public", "odd", "", true)
                        .block(9, "1\n")
                        .bytes(),
                "the rows of table \"public\".\"odd\" do not end as they should");
        assertDamaged(
                shoes().entry(9, "TABLE", "public", "x".repeat(5000), "", false)
                        .entry(10, "VIEW", "x".repeat(5000), "v", "", false)
                        .bytes(),
                "a name of 5,000 bytes");
    }

    @Test
    void a_block_that_ends_with_less_than_nothing_is_damage() {
        byte[] dump = shoes().bytes();
        dump[dump.length - 5] = 1;
        dump[dump.length - 4] = 3;
        assertDamaged(dump, "a piece of -3 bytes");
    }

    @Test
    void a_table_of_contents_with_less_than_no_entries_is_damage() {
        byte[] dump = shoes().bytes();
        dump[position(dump, "17.2") + 4] = 1;
        assertDamaged(dump, "a table of contents with -3 entries");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 16})
    void the_size_of_the_pieces_does_not_matter(int minor) {
        byte[] dump = new WrittenArchive(minor)
                .table(10, "shoes", List.of("1"))
                .largeObjects(40, 70_000, new byte[1000])
                .entry(50, "VIEW", "public", "v", "CREATE VIEW ".repeat(100), false)
                .bytes();
        Inspection whole = inspect(dump);
        for (int size = 1; size < 20; size++) {
            Inspector inspector = new Inspector();
            for (int at = 0; at < dump.length; at += size) {
                byte[] piece = Arrays.copyOfRange(dump, at, Math.min(at + size, dump.length));
                inspector.add(piece, 0, piece.length);
                inspector.add(dump, 0, 0);
            }
            assertThat(inspector.end()).as("pieces of %d bytes", size).isEqualTo(whole);
        }
    }

    @Test
    void a_forged_length_takes_no_memory() {
        byte[] dump = shoes().bytes();
        int name = position(dump, "CREATE TABLE shoes") - 4;
        for (byte[] length : new byte[][] {{-1, -1, -1, 0x7f}, {0, 0, 0, 0x40}, {0, 0, 0, (byte) 0x80}}) {
            byte[] forged = dump.clone();
            System.arraycopy(length, 0, forged, name, 4);
            assertDamaged(forged, "");
        }
        dump[name - 1] = 1;
        assertDamaged(dump, "a text of -20 bytes");
    }

    @Test
    void a_schema_has_the_same_fingerprint_in_any_order_and_whatever_its_data() {
        WrittenArchive other = new WrittenArchive(14)
                .entry(7, "VIEW", "public", "v", "CREATE VIEW v", false)
                .entry(8, "BLOB", null, "16400", "SELECT lo_create('16400');", false)
                .entry(9, "COMMENT", null, "LARGE OBJECT 16400", "COMMENT ON LARGE OBJECT 16400 IS '';", false)
                .entry(10, "SEQUENCE SET", "public", "s", "SELECT setval('s', 1, true);", false)
                .entry(11, "MATERIALIZED VIEW DATA", "public", "m", "REFRESH", false)
                .entry(12, "STATISTICS DATA", "public", "shoes", "SELECT set_statistics()", false)
                .largeObjects(13, 16_400, new byte[1])
                .entry(100, "TABLE", "public", "shoes", "CREATE TABLE shoes;\n", false);
        assertThat(schema(other)).isEqualTo(schema(view("VIEW", "public", "v", "CREATE VIEW v")));
    }

    @Test
    void any_change_of_a_definition_changes_the_fingerprint_of_the_schema() {
        assertThat(List.of(
                        schema(view("VIEW", "public", "v", "CREATE VIEW v")),
                        schema(view("VIEW", "public", "v", "CREATE VIEW v2")),
                        schema(view("VIEW", "other", "v", "CREATE VIEW v")),
                        schema(view("VIEW", "public", "w", "CREATE VIEW v")),
                        schema(view("IEW", "public", "vV", "CREATE VIEW v")),
                        schema(shoes())))
                .doesNotHaveDuplicates();
    }

    private static WrittenArchive view(String description, String schema, String name, String definition) {
        return shoes().entry(30, description, schema, name, definition, false);
    }

    private static String schema(WrittenArchive archive) {
        return inspect(archive.bytes()).schemaFingerprint();
    }

    @Test
    void two_hundred_thousand_entries_and_huge_views_are_no_trouble() {
        WrittenArchive archive = new WrittenArchive(14);
        String view = "SELECT 1 UNION ALL ".repeat(1000);
        for (int i = 0; i < 10_000; i++) {
            archive.table(100 + 2 * i, "table " + i, List.of(Integer.toString(i)));
        }
        for (int i = 0; i < 180_000; i++) {
            archive.entry(50_000 + i, "INDEX", "public", "index " + i, "CREATE INDEX", false);
        }
        for (int i = 0; i < 1000; i++) {
            archive.entry(500_000 + i, "VIEW", "public", "view " + i, view, false);
        }

        Inspection found = inspect(archive.bytes());

        assertThat(found.tables()).hasSize(10_000).allMatch(it -> it.rows() == 1);
    }

    private static WrittenArchive shoes() {
        return new WrittenArchive(14).table(10, "shoes", List.of("1\tred", "2\tblue"));
    }

    private static byte[] version(byte[] dump, int major, int minor) {
        dump[5] = (byte) major;
        dump[6] = (byte) minor;
        return dump;
    }

    private static int position(byte[] dump, String text) {
        return new String(dump, StandardCharsets.ISO_8859_1).lastIndexOf(text);
    }

    private static Fingerprint fingerprint(String... rows) {
        RowSums sums = new RowSums();
        for (String row : rows) {
            sums.add(row.getBytes(StandardCharsets.UTF_8), 0, row.length());
        }
        return sums.fingerprint();
    }

    private static Inspection inspect(byte[] dump) {
        Inspector inspector = new Inspector();
        inspector.add(dump, 0, dump.length);
        return inspector.end();
    }

    private static void assertDamaged(byte[] dump, String why) {
        assertThatThrownBy(() -> inspect(dump)).isInstanceOfSatisfying(StoreException.class, it -> {
            assertThat(it.problem()).isEqualTo(StoreException.Problem.DAMAGED);
            assertThat(it).hasMessageContaining(why);
            assertThat(it.hint()).isNotBlank();
        });
    }
}
