package dev.lifeboat.repository.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSumsTest {

    // Given by python's xxhash: xxhash.xxh3_128_hexdigest(b"x" * length). The algorithm changes its way at these
    // lengths.
    @ParameterizedTest
    @CsvSource({
        "0, 99aa06d3014798d86001c324468d497f",
        "17, 9e8a29b5dfc13013416e526dfb687d89",
        "128, fd990d088a9365ae7813452547ab9912",
        "129, e7f1abc92bce4135ae9ec8f29e5baa27",
        "240, bfede978870834bedf2b586ca80bb7aa",
        "241, 586c2f1b13edf30f14da9e5c301a6a1d",
        "1000, 50a1af5a5f2dcf01c0a4877b962cba82"
    })
    void the_fingerprint_of_one_row_is_what_other_tools_call_its_xxh3_128(int length, String digest) {
        assertThat(of("x".repeat(length)).text()).isEqualTo(digest);
    }

    @Test
    void the_fingerprint_of_several_rows_is_the_sum_of_both_halves() {
        // docs/fingerprints.md shows how python comes to the same.
        assertThat(of("1\tone", "2\ttwo", "2\ttwo").text()).isEqualTo("dae0021a0e4086801a5ee4b05985355a");
    }

    @Test
    void order_does_not_matter_but_everything_else_does() {
        Fingerprint two = of("1\ta", "2\tb");
        assertThat(of("2\tb", "1\ta")).isEqualTo(two);
        assertThat(of("1\tb", "2\ta")).as("values swapped between rows").isNotEqualTo(two);
        assertThat(of("1\ta", "2\tb", "3\tc")).isNotEqualTo(two);
        assertThat(of("1\ta", "2\tb", "3\tc", "3\tc"))
                .as("equal rows do not cancel")
                .isNotEqualTo(two);
        assertThat(of("1\ta2\tb", "")).as("a row's end moved").isNotEqualTo(two);
    }

    @Test
    void no_rows_are_told_from_rows_without_columns() {
        assertThat(of()).isEqualTo(new Fingerprint(0, 0));
        assertThat(of("")).isNotEqualTo(of("", ""));
    }

    @Test
    void text_is_read_back() {
        for (Fingerprint fingerprint : new Fingerprint[] {new Fingerprint(0, 0), new Fingerprint(-1, 1), of("x")}) {
            assertThat(fingerprint.text()).hasSize(32);
            assertThat(Fingerprint.parse(fingerprint.text())).isEqualTo(fingerprint);
        }
        assertThat(new Fingerprint(1, -2).text()).isEqualTo("0000000000000001fffffffffffffffe");
        for (String wrong : new String[] {"", "0".repeat(31), "0".repeat(33), "g".repeat(32)}) {
            assertThatThrownBy(() -> Fingerprint.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Fingerprint of(String... rows) {
        RowSums sums = new RowSums();
        for (String row : rows) {
            byte[] bytes = ("<" + row + ">").getBytes(StandardCharsets.UTF_8);
            sums.add(bytes, 1, bytes.length - 2);
        }
        assertThat(sums.rows()).isEqualTo(rows.length);
        return sums.fingerprint();
    }
}
