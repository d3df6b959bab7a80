package dev.lifeboat.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.signature.TrustedKeys;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    private static final Trust EVERYBODY = new Trust(TrustedKeys.of(List.of()), Instant.parse("2027-01-01T00:00:00Z"));

    private static final BackupId MONDAY = new BackupId("orders-20261116T020000Z-aaaa");
    private static final BackupId TUESDAY = new BackupId("orders-20261117T020000Z-bbbb");
    private static final BackupId WEDNESDAY = new BackupId("orders-20261118T020000Z-cccc");

    @ParameterizedTest
    @CsvSource({
        "1000, 1190, false",
        "1000, 1200, false",
        "1000, 1201, true",
        "1000, 1210, true",
        "1000, 810, false",
        "1000, 800, false",
        "1000, 799, true",
        "1000, 790, true",
        "0, 0, false",
        "0, 1, true",
        "1, 0, true",
        "3, 4, true",
        "5, 6, false",
        "5, 4, false",
        "1000000000000000, 1200000000000001, true"
    })
    void a_size_is_worth_a_warning_beyond_the_tolerance(long before, long now, boolean warns) {
        assertThat(Comparison.of(sized(before), sized(now), 20).warnings()).hasSize(warns ? 1 : 0);
    }

    @Test
    void at_every_size_exactly_the_tolerance_passes_and_one_byte_more_warns() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            int tolerance = 1 + random.nextInt(300);
            long before = 100L * (1 + random.nextLong(1L << 40));
            long margin = before / 100 * tolerance;
            assertThat(warned(before, before + margin, tolerance))
                    .as("seed %d", seed)
                    .isFalse();
            assertThat(warned(before, before + margin + 1, tolerance))
                    .as("seed %d", seed)
                    .isTrue();
            if (margin < before) {
                assertThat(warned(before, before - margin, tolerance))
                        .as("seed %d", seed)
                        .isFalse();
                assertThat(warned(before, before - margin - 1, tolerance))
                        .as("seed %d", seed)
                        .isTrue();
            }
        }
    }

    @Test
    void the_sentence_says_both_sizes_and_how_much_that_is() {
        assertThat(Comparison.of(sized(1000), sized(790), 20).warnings())
                .containsExactly("the dump has 790 bytes, and 1000 were dumped before (−21 %)");
    }

    @ParameterizedTest
    @CsvSource({
        "60, 120, true",
        "60, 119, false",
        "1, 3, false",
        "9, 18, false",
        "10, 20, true",
        "0, 9, false",
        "0, 10, true"
    })
    void a_doubled_time_is_worth_a_warning_once_it_is_noticeable(long before, long now, boolean warns) {
        assertThat(Comparison.of(lasting(before), lasting(now), 20).warnings()).hasSize(warns ? 1 : 0);
    }

    @Test
    void tables_that_are_gone_empty_or_uncounted_are_named() {
        Manifest before = with(
                TableCount.counted("public", "orders", 7),
                TableCount.counted("public", "log", 9),
                TableCount.counted("public", "old", 0),
                TableCount.counted("a.b", "c\nd", 1),
                TableCount.notCounted("public", "cache", "unlogged"),
                TableCount.counted("public", "same", 3));
        Manifest now = with(
                TableCount.counted("public", "orders", 0),
                TableCount.notCounted("public", "log", "rows\nexcluded"),
                TableCount.counted("public", "old", 0),
                TableCount.counted("public", "cache", 0),
                TableCount.counted("public", "new", 0),
                TableCount.counted("public", "same", 1));

        assertThat(Comparison.of(before, now, 20).warnings())
                .containsExactly(
                        "the table 'public.orders' is empty, and had 7 rows",
                        "the table 'public.log' is not counted any more: rows?excluded",
                        "the table 'a.b.c?d' is gone");
    }

    @Test
    void changed_definitions_are_a_note_if_both_are_known() {
        assertThat(Comparison.of(schema("aa"), schema("bb"), 20).notes()).containsExactly("definitions have changed");
        assertThat(Comparison.of(schema("aa"), schema("aa"), 20).notes()).isEmpty();
        assertThat(Comparison.of(sized(1), schema("bb"), 20).notes()).isEmpty();
        assertThat(Comparison.of(schema("aa"), schema("bb"), 20).warnings()).isEmpty();
    }

    @Test
    void ten_thousand_tables_are_compared_in_a_moment() {
        Manifest before = with(tables(10_000));

        assertThat(Comparison.of(before, with(tables(0)), 20).warnings()).hasSize(10_000);
        assertThat(Comparison.of(before, before, 20).warnings()).isEmpty();
    }

    @Test
    void the_newest_earlier_backup_with_the_same_tag_is_found_past_what_cannot_be_read(@TempDir Path folder) {
        Repository repository = Repository.openOrCreate(Stores.open("file:" + folder));
        Manifest later = committed(repository, WEDNESDAY, "daily");
        assertThat(new History(repository).before(later, EVERYBODY))
                .isEqualTo(new History.Found(Optional.empty(), List.of(), true));

        Manifest monday = committed(repository, MONDAY, "daily");
        committed(repository, new BackupId("orders-20261117T010000Z-dddd"), "pre-deploy");
        committed(repository, new BackupId("orders-20261119T020000Z-eeee"), "daily");
        Samples.sealed(repository, new BackupId("orders-20261117T030000Z-ffff"), "a1", "unfinished");
        repository.store().create(Layout.manifest(TUESDAY), new byte[] {'{'});
        repository.store().create(new Key("databases/orders/backups/lost+found".replace("+", "-") + "/x"), new byte[1]);

        assertThat(new History(repository).before(later, EVERYBODY))
                .isEqualTo(new History.Found(Optional.of(monday), List.of(TUESDAY), true));
    }

    @Test
    void a_backup_that_somebody_else_signed_is_compared_with_nothing(@TempDir Path folder) {
        SigningKey ours = SigningKey.generate();
        Trust us = new Trust(TrustedKeys.of(List.of(ours.publicKey())), EVERYBODY.now());
        Repository repository = Repository.openOrCreate(Stores.open("file:" + folder));
        Manifest later = committed(repository, WEDNESDAY, "daily", Optional.of(ours));
        committed(repository, TUESDAY, "daily", Optional.of(SigningKey.generate()));
        assertThat(new History(repository).before(later, us).earlier()).isEmpty();

        Manifest monday = committed(repository, MONDAY, "daily", Optional.of(ours));
        assertThat(new History(repository).before(later, us).earlier()).contains(monday);
    }

    @Test
    void a_tag_that_is_rare_is_looked_for_in_the_newest_two_hundred_only(@TempDir Path folder) {
        Repository repository = Repository.openOrCreate(Stores.open("file:" + folder));
        Manifest later = committed(repository, WEDNESDAY, "yearly");
        Manifest rare = committed(repository, MONDAY, "yearly");
        for (int i = 0; i < 199; i++) {
            unfinished(repository, i);
        }
        assertThat(new History(repository).before(later, EVERYBODY).earlier()).contains(rare);

        unfinished(repository, 199);
        assertThat(new History(repository).before(later, EVERYBODY))
                .isEqualTo(new History.Found(Optional.empty(), List.of(), false));
    }

    private static void unfinished(Repository repository, int minute) {
        BackupId backup = new BackupId("orders-20261117T%02d%02d00Z-dddd".formatted(3 + minute / 60, minute % 60));
        repository.store().create(Layout.backup(backup).child("x"), new byte[1]);
    }

    private static boolean warned(long before, long now, int tolerance) {
        return !Comparison.of(sized(before), sized(now), tolerance).warnings().isEmpty();
    }

    private static Manifest committed(Repository repository, BackupId backup, String tag) {
        return committed(repository, backup, tag, Optional.empty());
    }

    private static Manifest committed(Repository repository, BackupId backup, String tag, Optional<SigningKey> key) {
        Manifest manifest = Manifest.of(
                Samples.sealed(repository, backup, "a1", "data"),
                new Labels(Optional.of(tag), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        repository.commit(manifest, key);
        return manifest;
    }

    private static TableCount[] tables(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TableCount.counted("public", "table_" + i, i))
                .toArray(TableCount[]::new);
    }

    private static Manifest sized(long plainBytes) {
        return manifest(plainBytes, Duration.ofSeconds(1), Optional.empty());
    }

    private static Manifest lasting(long seconds) {
        return manifest(1000, Duration.ofSeconds(seconds), Optional.empty());
    }

    private static Manifest schema(String fingerprint) {
        return manifest(1, Duration.ofSeconds(1), Optional.of(fingerprint));
    }

    private static Manifest with(TableCount... tables) {
        return manifest(1000, Duration.ofSeconds(1), Optional.empty(), tables);
    }

    private static Manifest manifest(long plainBytes, Duration took, Optional<String> schema, TableCount... tables) {
        SealedObject sample = Samples.object(MONDAY, "a1", "orders.dump.zst.age", "x");
        SealedObject object = new SealedObject(
                sample.key(), sample.name(), plainBytes, sample.plainSha256(), 1, sample.storedSha256());
        Attempt model = Samples.attempt(MONDAY, "a1", List.of(object));
        return Manifest.of(
                new Attempt(
                        model.attempt(),
                        model.run(),
                        model.backup(),
                        model.database(),
                        model.engine(),
                        model.source(),
                        model.snapshot(),
                        model.objects(),
                        List.of(tables),
                        model.largeObjects(),
                        model.sequences(),
                        schema,
                        model.recipients(),
                        model.compression(),
                        model.begun(),
                        model.begun().plus(took),
                        List.of()),
                Labels.NONE);
    }
}
