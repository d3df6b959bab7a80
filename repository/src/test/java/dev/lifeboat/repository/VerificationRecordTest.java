package dev.lifeboat.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.VerificationRecord.Place;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next look reads of the last one, whatever lies there instead of it. */
class VerificationRecordTest {

    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final Key OBJECT = TestBackup.key(new BackupId("orders-20261120T020000Z-aaaa"));

    @TempDir
    Path root;

    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open("file:" + root);
    }

    @Test
    void the_next_look_goes_on_where_the_last_one_was() {
        assertThat(VerificationRecord.newest(store, "orders", NOW, Duration.ofDays(7)))
                .isEmpty();

        record("verify-orders-20261031T060000Z-aaaa", Instant.parse("2026-10-31T06:00:00Z"));
        record("verify-orders-20261110T060000Z-aaaa", Instant.parse("2026-11-10T06:00:00Z"));
        record("verify-orders-eu-20261121T050000Z-aaaa", NOW.minusSeconds(1));
        assertThat(VerificationRecord.newest(store, "orders", NOW, Duration.ofDays(7)))
                .isEmpty();

        record("verify-orders-20261119T060000Z-aaaa", NOW.minus(Duration.ofDays(2)));
        record("verify-orders-20261120T060000Z-aaaa", NOW.minus(Duration.ofDays(1)));
        record("verify-orders-20261122T060000Z-aaaa", NOW.plus(Duration.ofDays(1)));
        store.create(
                Layout.report("verify-orders-20261121T010000Z-aaaa", VerificationRecord.FILE), "{".getBytes(UTF_8));

        assertThat(VerificationRecord.newest(store, "orders", NOW, Duration.ofDays(7)))
                .hasValueSatisfying(it -> assertThat(it.places().get("main"))
                        .isEqualTo(new Place(NOW.minus(Duration.ofDays(1)), List.of(OBJECT))));
        assertThat(VerificationRecord.newest(
                        store, "orders", Instant.parse("2026-11-03T00:00:00Z"), Duration.ofDays(7)))
                .as("last month's")
                .isPresent();
    }

    @Test
    void a_record_that_cannot_be_true_is_passed_over() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        record("verify-orders-20261120T060000Z-aaaa", yesterday);
        Instant future = Instant.parse("9999-12-31T00:00:00Z");
        record("verify-orders-20261121T050000Z-bbbb", NOW.minusSeconds(60), future);
        record("verify-orders-20261121T050000Z-cccc", NOW.minusSeconds(60), NOW.plus(Duration.ofDays(3)));
        record("verify-orders-20261117T050000Z-dddd", NOW.minusSeconds(60));
        record("verify-orders-20261121T235959Z-eeee", NOW.minusSeconds(60));
        record("verify-orders-20261199T990000Z-ffff", NOW.minusSeconds(60));
        byte[] large = new byte[1024 * 1024 + 1];
        Arrays.fill(large, (byte) ' ');
        byte[] content = verification("orders", NOW.minusSeconds(60), NOW.minusSeconds(60));
        System.arraycopy(content, 0, large, 0, content.length);
        store.create(Layout.report("verify-orders-20261121T050000Z-gggg", VerificationRecord.FILE), large);

        assertThat(VerificationRecord.newest(store, "orders", NOW, Duration.ofDays(7)))
                .hasValueSatisfying(it -> assertThat(it.at()).isEqualTo(yesterday));
    }

    @Test
    void a_look_that_read_after_it_had_begun_counts() {
        Instant began = NOW.minus(Duration.ofHours(1));
        record("verify-orders-20261121T050000Z-aaaa", began, began.plusSeconds(2));

        assertThat(VerificationRecord.newest(store, "orders", NOW, Duration.ofDays(7)))
                .hasValueSatisfying(it -> assertThat(it.at()).isEqualTo(began));
    }

    @Test
    void of_two_records_the_later_look_counts_whatever_their_names() {
        record("verify-orders-20261121T010000Z-aaaa", NOW.minusSeconds(60));
        record("verify-orders-20261121T020000Z-bbbb", NOW.minusSeconds(3600));

        assertThat(VerificationRecord.newest(store, "orders", NOW, Duration.ofDays(7)))
                .hasValueSatisfying(it -> assertThat(it.at()).isEqualTo(NOW.minusSeconds(60)));
    }

    @Test
    void a_night_that_could_not_read_a_repository_does_not_undo_the_night_before() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        record("verify-orders-20261120T060000Z-aaaa", yesterday);
        byte[] none = new VerificationRecord("any", "orders", NOW.minusSeconds(60), "INCONCLUSIVE", Map.of(), List.of())
                .bytes();
        store.create(Layout.report("verify-orders-20261121T050000Z-bbbb", VerificationRecord.FILE), none);

        assertThat(VerificationRecord.newestOf("main", store, "orders", NOW, Duration.ofDays(7)))
                .hasValueSatisfying(it -> assertThat(it.readUpTo()).isEqualTo(yesterday));
        assertThat(VerificationRecord.newestOf("far", store, "orders", NOW, Duration.ofDays(7)))
                .isEmpty();
    }

    private void record(String run, Instant at) {
        record(run, at, at);
    }

    private void record(String run, Instant at, Instant readUpTo) {
        String database = run.contains("orders-eu") ? "orders-eu" : "orders";
        assertThat(store.create(Layout.report(run, VerificationRecord.FILE), verification(database, at, readUpTo)))
                .isTrue();
    }

    private byte[] verification(String database, Instant at, Instant readUpTo) {
        return new VerificationRecord(
                        "any", database, at, "PASS", Map.of("main", new Place(readUpTo, List.of(OBJECT))), List.of())
                .bytes();
    }
}
