package dev.lifeboat.repository.survey;

import static dev.lifeboat.repository.survey.Shelves.NOW;
import static dev.lifeboat.repository.survey.Shelves.aged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Layout;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingsTest {

    private static final Instant AT_WORK_SINCE = NOW.minus(Duration.ofDays(1));

    private final Seen backup = aged("daily", Duration.ofDays(2));
    private final Shelf whole = Shelves.of(backup);

    @Test
    void a_whole_repository_passes() {
        assertThat(Holdings.of(whole, AT_WORK_SINCE))
                .hasSize(2)
                .extracting(Check::verdict)
                .containsOnly(Verdict.PASS);
    }

    @Test
    void a_missing_object_and_one_of_another_size_are_named() {
        Key object = backup.objects().getFirst().key();

        assertThat(failed(without(object)).words()).isEqualTo("'%s' is missing".formatted(object));
        assertThat(failed(resized(object)).words())
                .isEqualTo("'%s' has 399 bytes, and 400 were written".formatted(object));
        assertThat(failed(without(Layout.attemptFile(backup.backup(), "a1"))).words())
                .isEqualTo("the seal of its attempt is missing");
    }

    @Test
    void what_nobody_knows_is_named_unless_an_attempt_may_still_be_at_work() {
        Key left = Layout.object(new BackupId("orders-20261101T020000Z-aaaa"), "a1", "x.age");

        assertThat(last(with(left, AT_WORK_SINCE.minusSeconds(1))).words())
                .isEqualTo(
                        "1 objects (7 bytes) lie there that no manifest and no running attempt knows, as '%s'", left);
        assertThat(last(with(left, AT_WORK_SINCE.plusSeconds(1))).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void the_word_that_a_backup_was_given_up_is_ours() {
        Key word = Layout.manifest(new BackupId("orders-20261101T020000Z-aaaa"));

        assertThat(last(with(word, Instant.EPOCH)).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void a_damaged_manifest_is_a_finding_and_its_objects_are_no_strangers() {
        BackupId broken = new BackupId("orders-20261101T020000Z-aaaa");
        List<StoredObject> objects = new ArrayList<>(whole.objects());
        objects.add(new StoredObject(Layout.manifest(broken), 3, Instant.EPOCH));
        objects.add(new StoredObject(Layout.object(broken, "a1", "x.age"), 3, Instant.EPOCH));
        Shelf shelf = new Shelf(
                "main",
                "id",
                "orders",
                whole.backups(),
                List.of(new Shelf.Damaged(broken, "no JSON", "")),
                objects,
                List.of());

        List<Check> checks = Holdings.of(shelf, AT_WORK_SINCE);

        assertThat(checks).extracting(Check::verdict).containsExactly(Verdict.FAIL, Verdict.PASS, Verdict.PASS);
        assertThat(checks.getFirst().subject()).isEqualTo(broken.value());
    }

    private Check failed(Shelf shelf) {
        return Holdings.of(shelf, AT_WORK_SINCE).stream()
                .filter(it -> it.verdict() == Verdict.FAIL)
                .findFirst()
                .orElseThrow();
    }

    private Check last(Shelf shelf) {
        return Holdings.of(shelf, AT_WORK_SINCE).getLast();
    }

    private Shelf without(Key key) {
        return Shelves.with(
                whole,
                whole.objects().stream().filter(it -> !it.key().equals(key)).toList());
    }

    private Shelf resized(Key key) {
        return Shelves.with(
                whole,
                whole.objects().stream()
                        .map(it -> it.key().equals(key) ? new StoredObject(key, it.bytes() - 1, it.modified()) : it)
                        .toList());
    }

    private Shelf with(Key key, Instant modified) {
        List<StoredObject> objects = new ArrayList<>(whole.objects());
        objects.add(new StoredObject(key, 7, modified));
        return Shelves.with(whole, objects);
    }
}
