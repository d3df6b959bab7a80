package dev.lifeboat.repository.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTextTest {

    private static final int LONG = 1 << 16;

    private static final List<String> ROWS = List.of(
            "1\tone",
            "",
            "",
            "\\\\.",
            "x".repeat(7),
            "x".repeat(8),
            "\t\u000b\u008a\u010a", // bytes that differ from a line feed by one bit
            "y".repeat(LONG - 1),
            "y".repeat(LONG),
            "y".repeat(LONG + 1),
            "z".repeat(3 * LONG),
            "\\.\\.",
            "\\N");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 1000, LONG, 1 << 20})
    void rows_are_the_same_in_pieces_of_any_size(int most) {
        long seed = System.nanoTime();
        CopyText text = cut(String.join("\n", ROWS) + "\n\\.\n\n\n", most, new Random(seed));

        assertThat(text.sums().rows()).as("seed %d", seed).isEqualTo(ROWS.size());
        assertThat(text.sums().fingerprint()).as("seed %d", seed).isEqualTo(fingerprint(ROWS));
        assertThat(text.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1\n",
                "1",
                "1\n\\.",
                "1\n\\.\n",
                "1\n\\.\n\n",
                "1\n\\.\n\n\n\n",
                "1\n\\.\n\n\n2",
                "1\n\\.\n2\n\n",
                "\\.\n\\.\n\n",
                "\n\n\n"
            })
    void only_what_pg_dump_writes_after_the_rows_closes_them(String text) {
        for (int most : new int[] {1, 100}) {
            assertThat(cut(text, most, new Random(1)).isClosed()).isFalse();
        }
    }

    @Test
    void a_long_line_after_the_end_is_no_row() {
        CopyText text = cut("1\n\\.\n\n" + "x".repeat(3 * LONG) + "\n", 1000, new Random(1));

        assertThat(text.isClosed()).isFalse();
        assertThat(text.sums().rows()).isEqualTo(1);
    }

    @Test
    void line_feeds_are_found_wherever_they_are() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(12) == 0 ? '\n' : random.nextBoolean() ? 0x0b : random.nextInt(256));
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < to && bytes[expected] != '\n') {
                expected++;
            }
            assertThat(LineFeeds.next(bytes, from, to))
                    .as(Arrays.toString(bytes))
                    .isEqualTo(expected);
        }
    }

    private static CopyText cut(String all, int most, Random random) {
        byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
        CopyText text = new CopyText();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(most));
            byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
            text.add(piece, 0, length);
            Arrays.fill(piece, (byte) '\n'); // nothing of it may be needed afterwards
            at += length;
        }
        return text;
    }

    private static Fingerprint fingerprint(List<String> rows) {
        RowSums sums = new RowSums();
        for (String row : rows) {
            byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
            sums.add(bytes, 0, bytes.length);
        }
        return sums.fingerprint();
    }
}
