package dev.lifeboat.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupIdTest {

    @Test
    void says_of_which_database_and_when() {
        BackupId id = new BackupId("my-orders-2-20261121T020000Z-k3x9");
        assertThat(id.database()).isEqualTo("my-orders-2");
        assertThat(id.takenAt()).isEqualTo(Instant.parse("2026-11-21T02:00:00Z"));
        assertThat(BackupId.of("my-orders-2", Instant.parse("2026-11-21T02:00:00.9Z"), "k3x9"))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "orders-20261121T020000Z",
                "orders-20261121T020000Z-k3x",
                "orders-20261121T020000Z-K3X9",
                "orders-20261321T020000Z-k3x9",
                "orders-20260230T020000Z-k3x9",
                "orders-20261121T250000Z-k3x9",
                "Orders-20261121T020000Z-k3x9",
                "-20261121T020000Z-k3x9",
                "../orders-20261121T020000Z-k3x9",
                "a/b-20261121T020000Z-k3x9",
                "..-20261121T020000Z-k3x9",
                "or'ders-20261121T020000Z-k3x9",
                "or\"ders-20261121T020000Z-k3x9",
                "or ders-20261121T020000Z-k3x9",
                "ördérs-20261121T020000Z-k3x9",
                "orders-20261121T020000Z-k3x9\n",
                "orders-20261121T020000Z-k3x9/../../x",
            })
    void refuses_what_is_no_id(String value) {
        assertThatThrownBy(() -> new BackupId(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "_a", "A", "a b", "a'b", "a/b", "..", "ä", "😀", "a.b"})
    void refuses_what_cannot_name_a_database(String name) {
        assertThatThrownBy(() -> BackupId.checkDatabase(name)).hasMessageContaining("cannot name a database");
        assertThatThrownBy(() -> Layout.backups(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_may_have_63_characters() {
        assertThat(BackupId.checkDatabase("x".repeat(63))).hasSize(63);
        assertThatThrownBy(() -> BackupId.checkDatabase("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Layout.object(BackupId.of("x".repeat(63), Instant.EPOCH, "aaaa"), "a".repeat(100), "o")
                        .value())
                .endsWith("/o");
    }

    @Test
    void a_report_is_found_from_the_name_of_its_run() {
        assertThat(Layout.report("backup-orders-20261121T031500Z-k3x9", "report.json")
                        .value())
                .isEqualTo("reports/2026/11/backup-orders-20261121T031500Z-k3x9/report.json");
        assertThatThrownBy(() -> Layout.report("../x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Layout.report("a/../b-20261121T031500Z-k3x9"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
