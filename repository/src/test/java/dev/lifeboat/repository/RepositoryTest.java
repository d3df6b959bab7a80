package dev.lifeboat.repository;

import static dev.lifeboat.repository.Samples.ORDERS;
import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.repository.store.Upload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {

    @TempDir
    Path root;

    private Store store;
    private Repository repository;

    @BeforeEach
    void create() {
        store = Stores.open("file:" + root);
        repository = Repository.openOrCreate(store);
    }

    @Test
    void keeps_its_id() {
        assertThat(Repository.open(store).id()).isEqualTo(repository.id());
        assertThat(Repository.openOrCreate(store).id()).isEqualTo(repository.id());
    }

    @Test
    void an_empty_folder_is_no_repository_until_it_is_made_one() {
        store.delete(Layout.repository());
        StoreException e = catchThrowableOfType(StoreException.class, () -> Repository.open(store));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining("holds no repository");
    }

    @Test
    void a_folder_with_other_things_is_not_touched() throws IOException {
        store.delete(Layout.repository());
        Files.writeString(root.resolve("thesis.tex"), "x");
        StoreException e = catchThrowableOfType(StoreException.class, () -> Repository.openOrCreate(store));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        try (Stream<Path> all = Files.list(root)) {
            assertThat(all).containsExactly(root.resolve("thesis.tex"));
        }
    }

    @Test
    void a_repository_of_a_newer_lifeboat_is_refused_in_words() {
        store.delete(Layout.repository());
        store.create(Layout.repository(), "{\"format\": 2, \"id\": {\"new\": true}}".getBytes(UTF_8));
        for (Runnable open : List.<Runnable>of(() -> Repository.open(store), () -> Repository.openOrCreate(store))) {
            StoreException e = catchThrowableOfType(StoreException.class, open::run);
            assertThat(e.problem()).isEqualTo(UNSUITABLE);
            assertThat(e).hasMessageContaining("written by a newer Lifeboat: format 2; this one reads up to 1");
        }
    }

    @Test
    void proves_that_it_can_be_written_and_leaves_nothing() {
        repository.probe();
        assertThat(store.list(new Key("checks"))).isEmpty();
        assertThat(store.sweepUploads(new Key("checks"), Instant.MAX)).isZero();
    }

    @Test
    void committing_twice_is_committing_once() {
        Manifest manifest = Manifest.of(Samples.sealed(repository, ORDERS, "a1", "one"), Samples.labels());
        assertThat(repository.manifest(ORDERS)).isEmpty();
        assertThat(repository.commit(manifest, Optional.empty())).isEqualTo(CommitResult.COMMITTED);
        assertThat(repository.commit(manifest, Optional.empty())).isEqualTo(CommitResult.ALREADY_THERE);
        assertThat(repository.manifest(ORDERS)).contains(manifest);
    }

    @Test
    void another_manifest_of_the_same_id_is_refused() {
        Manifest first = Samples.committed(repository, ORDERS);
        Manifest other = Manifest.of(Samples.sealed(repository, ORDERS, "a2", "two"), Labels.NONE);
        StoreException e = catchThrowableOfType(StoreException.class, () -> repository.commit(other, Optional.empty()));
        assertThat(e.problem()).isEqualTo(EXISTS);
        assertThat(repository.manifest(ORDERS)).contains(first);
    }

    @Test
    void an_attempt_that_is_not_sealed_here_cannot_be_committed() {
        Attempt attempt = Samples.unsealed(store, ORDERS, "a1", "one");
        StoreException e = catchThrowableOfType(
                StoreException.class, () -> repository.commit(Manifest.of(attempt, Labels.NONE), Optional.empty()));
        assertThat(e.problem()).isEqualTo(NOT_FOUND);
        assertThat(repository.manifest(ORDERS)).isEmpty();
    }

    @Test
    void a_commit_is_repeated_after_its_seal_is_gone() {
        Manifest manifest = Samples.committed(repository, ORDERS);
        store.delete(Layout.attemptFile(ORDERS, "a1"));
        assertThat(repository.commit(manifest, Optional.empty())).isEqualTo(CommitResult.ALREADY_THERE);
    }

    @Test
    void only_sealed_and_whole_attempts_are_attempts() {
        Attempt two = Samples.sealed(repository, ORDERS, "a2", "two");
        Attempt one = Samples.sealed(repository, ORDERS, "a1", "one");
        Samples.unsealed(store, ORDERS, "a3", "three");
        Attempt robbed = Samples.sealed(repository, ORDERS, "a4", "four");
        store.delete(robbed.objects().getFirst().key());
        repository.writeAttempt(one);

        assertThat(repository.attempts(ORDERS)).containsExactly(one, two);
    }

    @Test
    void the_inventory_is_newest_first_and_comes_from_the_listing_alone() throws IOException {
        BackupId older = new BackupId("users-20251121T020000Z-aaaa");
        BackupId newer = new BackupId("orders-20271121T020000Z-aaaa");
        BackupId begun = new BackupId("orders-20281121T020000Z-aaaa");
        Samples.committed(repository, older);
        Samples.committed(repository, newer);
        Samples.committed(repository, ORDERS);
        Samples.sealed(repository, begun, "a1", "x");

        Inventory all = Repository.open(Stores.openToRead(store.url())).inventory(Optional.empty());
        assertThat(all.entries()).extracting(Inventory.Entry::backup).containsExactly(newer, ORDERS, older);
        assertThat(all.uncommitted()).containsExactly(begun);
        assertThat(all.damaged()).isEmpty();
        assertThat(repository.inventory(Optional.of("users")).entries()).hasSize(1);
        assertThat(repository.inventory(Optional.of("nobody")).entries()).isEmpty();
    }

    @Test
    void a_damaged_manifest_is_named_and_hides_nothing_else() throws IOException {
        Samples.committed(repository, ORDERS);
        BackupId cut = new BackupId("orders-20261122T020000Z-aaaa");
        BackupId newer = new BackupId("orders-20261123T020000Z-aaaa");
        BackupId moved = new BackupId("orders-20261124T020000Z-aaaa");
        store.create(Layout.manifest(cut), "{\"format\": 1, ".getBytes(UTF_8));
        store.create(Layout.manifest(newer), "{\"format\": 9}".getBytes(UTF_8));
        store.create(Layout.manifest(moved), store.read(Layout.manifest(ORDERS)).orElseThrow());
        store.create(new Key("databases/orders/backups/not-an-id/x"), new byte[1]);
        store.create(new Key("databases/NOT-a-name/backups/x/y"), new byte[1]);
        store.create(new Key("databases/other/backups/" + ORDERS + "/manifest.json"), new byte[1]);
        BackupId linked = new BackupId("orders-20261125T020000Z-aaaa");
        Samples.committed(repository, linked);
        Path manifest = root.resolve(Layout.manifest(linked).value());
        Files.move(manifest, root.resolve("elsewhere"));
        Files.createSymbolicLink(manifest, root.resolve("elsewhere"));

        Inventory all = repository.inventory(Optional.empty());
        assertThat(all.entries()).extracting(Inventory.Entry::backup).containsExactly(ORDERS);
        assertThat(all.damaged())
                .hasSize(7)
                .allSatisfy(damaged -> assertThat(damaged.why()).isNotBlank());
        assertThat(all.damaged())
                .extracting(d -> d.key().value())
                .contains(Layout.manifest(cut).value());
        assertThat(all.uncommitted()).isEmpty();
    }

    @Test
    void losers_are_swept_and_the_winner_stays() throws IOException {
        Samples.unsealed(store, ORDERS, "a0", "unsealed");
        Samples.sealed(repository, ORDERS, "a2", "loser");
        Manifest winner = Samples.committed(repository, ORDERS);
        Upload idle = store.begin(Layout.object(ORDERS, "a3", "x"));
        makeOld();
        Upload busy = store.begin(Layout.object(ORDERS, "a4", "x"));

        Swept swept = repository.sweepLosers(ORDERS);

        assertThat(swept).isEqualTo(new Swept(2, 2, "unsealed".length() + "loser".length(), 1));
        assertThat(repository.attempts(ORDERS)).extracting(Attempt::attempt).containsExactly("a1");
        assertThat(repository.lookAt(winner, bytes -> {}).objects()).isEqualTo(1);
        assertThat(repository.sweepLosers(ORDERS)).isEqualTo(Swept.NOTHING);
        busy.write(1);
        busy.commit();
        idle.close();
    }

    @Test
    void nobody_has_lost_before_somebody_has_won() {
        Attempt attempt = Samples.sealed(repository, ORDERS, "a1", "one");
        assertThat(repository.sweepLosers(ORDERS)).isEqualTo(Swept.NOTHING);
        assertThat(repository.attempts(ORDERS)).containsExactly(attempt);
    }

    @Test
    void nothing_is_swept_or_discarded_beside_a_damaged_manifest() {
        Samples.sealed(repository, ORDERS, "a1", "one");
        store.create(Layout.manifest(ORDERS), "{".getBytes(UTF_8));
        List<StoredObject> before = store.list(Layout.databases());
        StoreException e = catchThrowableOfType(StoreException.class, () -> repository.sweepLosers(ORDERS));
        assertThat(e.problem()).isEqualTo(DAMAGED);
        assertThat(repository.discard(ORDERS)).isInstanceOf(Discard.Kept.class);
        assertThat(store.list(Layout.databases())).isEqualTo(before);
    }

    @Test
    void what_was_never_committed_is_discarded_and_what_was_is_kept() {
        Samples.sealed(repository, ORDERS, "a1", "one");
        Samples.unsealed(store, ORDERS, "a2", "three");
        Upload upload = store.begin(Layout.object(ORDERS, "a3", "x"));
        assertThat(repository.discard(ORDERS)).isEqualTo(new Discard.Discarded(new Swept(2, 2, 8, 1)));
        assertThat(store.list(Layout.data(ORDERS))).isEmpty();
        assertThat(repository.discard(ORDERS)).isEqualTo(new Discard.Discarded(Swept.NOTHING));
        upload.close();

        BackupId other = BackupId.of("orders", Instant.EPOCH, "aaaa");
        Manifest manifest = Samples.committed(repository, other);
        assertThat(repository.discard(other)).isInstanceOf(Discard.Kept.class);
        assertThat(repository.lookAt(manifest, bytes -> {}).objects()).isEqualTo(1);
    }

    @Test
    void what_was_given_up_is_in_no_inventory_and_nothing_that_wakes_up_late_can_commit_it() {
        Attempt attempt = Samples.sealed(repository, ORDERS, "a1", "one");
        Manifest manifest = Manifest.of(attempt, Labels.NONE);
        repository.discard(ORDERS);
        assertThat(repository.manifest(ORDERS)).isEmpty();
        assertThat(repository.inventory(Optional.empty())).isEqualTo(new Inventory(List.of(), List.of(), List.of()));

        // The late one had looked before: its seal is there again, as if it had never been removed.
        Samples.sealed(repository, ORDERS, "a1", "one");
        assertThat(catchThrowableOfType(StoreException.class, () -> repository.commit(manifest, Optional.empty()))
                        .problem())
                .isEqualTo(EXISTS);
        assertThat(repository.manifest(ORDERS)).isEmpty();
    }

    @Test
    void a_sweep_killed_anywhere_never_leaves_a_half_attempt_to_adopt_and_can_be_repeated() {
        for (int effects = 0; ; effects++) {
            BackupId backup = BackupId.of("orders", Instant.EPOCH.plusSeconds(effects), "aaaa");
            Samples.sealed(repository, backup, "a0", "loser");
            Samples.sealed(repository, backup, "a2", "loser");
            Manifest manifest = Samples.committed(repository, backup);
            boolean killed = DyingStore.killedAfter(store, effects, r -> r.sweepLosers(backup));

            assertEverySealHasItsData(backup);
            assertThat(repository.lookAt(manifest, bytes -> {}).objects()).isEqualTo(1);
            repository.sweepLosers(backup);
            assertThat(store.list(Layout.data(backup))).hasSize(2);
            if (!killed) {
                assertThat(effects).isGreaterThan(4);
                return;
            }
        }
    }

    @Test
    void a_discard_killed_anywhere_never_leaves_a_half_attempt_to_adopt_and_can_be_repeated() {
        for (int effects = 0; ; effects++) {
            BackupId backup = BackupId.of("orders", Instant.EPOCH.plusSeconds(effects), "bbbb");
            Samples.sealed(repository, backup, "a0", "one");
            Samples.sealed(repository, backup, "a2", "two");
            boolean killed = DyingStore.killedAfter(store, effects, r -> r.discard(backup));

            assertEverySealHasItsData(backup);
            repository.discard(backup);
            assertThat(store.list(Layout.data(backup))).isEmpty();
            if (!killed) {
                return;
            }
        }
    }

    @Test
    void a_commit_just_before_a_discard_keeps_its_data() {
        Attempt attempt = Samples.sealed(repository, ORDERS, "a1", "one");
        Manifest manifest = Manifest.of(attempt, Labels.NONE);
        Store committing = new DyingStore(store, Integer.MAX_VALUE) {
            @Override
            public boolean create(Key key, byte[] content) {
                repository.commit(manifest, Optional.empty());
                return super.create(key, content);
            }
        };
        assertThat(Repository.open(committing).discard(ORDERS)).isInstanceOf(Discard.Kept.class);
        assertThat(repository.lookAt(manifest, bytes -> {}).objects()).isEqualTo(1);
    }

    @Test
    void names_that_nobody_could_have_given_hide_no_backup() {
        Samples.committed(repository, ORDERS);
        Store planted = new DyingStore(store, Integer.MAX_VALUE) {
            @Override
            public List<String> folders(Key folder) {
                return Stream.concat(Stream.of("he llo", "..", ""), super.folders(folder).stream())
                        .toList();
            }
        };
        Inventory inventory = Repository.open(planted).inventory(Optional.empty());

        assertThat(inventory.entries()).hasSize(1);
        assertThat(inventory.damaged()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void looking_reads_everything_back_and_says_how_far_it_is() {
        Attempt attempt = Samples.sealed(repository, ORDERS, "a1", "x".repeat(700_000));
        List<Long> progress = new ArrayList<>();
        assertThat(repository.lookAt(attempt, progress::add)).isEqualTo(new ReadBack(1, 700_000));
        assertThat(progress).isSorted().last().isEqualTo(700_000L);
        assertThat(progress).hasSizeGreaterThan(1);
    }

    @Test
    void looking_finds_what_is_missing_shorter_or_changed() throws IOException {
        Attempt attempt = Samples.sealed(repository, ORDERS, "a1", "precious");
        Path file = root.resolve(attempt.objects().getFirst().key().value());
        Files.writeString(file, "preciou");
        assertDamaged(attempt, file, "has 7 bytes, and 8 were written");
        Files.writeString(file, "precious!");
        assertDamaged(attempt, file, "has more than the 8 bytes that were written");
        Files.writeString(file, "precioux");
        assertDamaged(attempt, file, "SHA-256");
        Files.delete(file);
        assertDamaged(attempt, file, "missing");
    }

    @Test
    void looking_does_not_read_what_was_put_in_an_objects_place_to_its_end() throws IOException {
        Attempt attempt = Samples.sealed(repository, ORDERS, "a1", "precious");
        try (RandomAccessFile file = new RandomAccessFile(
                root.resolve(attempt.objects().getFirst().key().value()).toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        List<Long> progress = new ArrayList<>();
        assertThatThrownBy(() -> repository.lookAt(attempt, progress::add))
                .hasMessageContaining("more than the 8 bytes");
        assertThat(progress).allMatch(bytes -> bytes < 1_000_000);
    }

    /** Looked up in the store itself, because {@code attempts} would hide a seal without data. */
    private void assertEverySealHasItsData(BackupId backup) {
        List<Key> keys =
                store.list(Layout.data(backup)).stream().map(StoredObject::key).toList();
        for (Key key : keys) {
            if (key.name().equals("attempt.json")) {
                Attempt attempt =
                        Documents.read(Attempt.class, key, store.read(key).orElseThrow(), Attempt.FORMAT);
                assertThat(keys)
                        .containsAll(attempt.objects().stream()
                                .map(SealedObject::key)
                                .toList());
            }
        }
    }

    private void assertDamaged(Attempt attempt, Path file, String words) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> repository.lookAt(attempt, bytes -> {}));
        assertThat(e.problem()).isEqualTo(DAMAGED);
        assertThat(e).hasMessageContaining(file.getFileName().toString()).hasMessageContaining(words);
    }

    /** Makes everything look as if it was written two hours ago. */
    private void makeOld() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7200)));
            }
        }
    }
}
