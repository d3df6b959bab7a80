package dev.lifeboat.repository;

import static dev.lifeboat.repository.Samples.ORDERS;
import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.repository.seal.Digested;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Placement;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.repository.store.StoredObject;
import dev.lifeboat.repository.store.Stores;
import dev.lifeboat.repository.store.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies between folders; where the other side is a bucket, the same is tried again. */
class CopyingTest {

    private static final int LARGE = 3_000_000;

    @TempDir
    Path folder;

    private Repository home;
    private Repository far;
    private Manifest manifest;

    @BeforeEach
    void commit() {
        home = Repository.openOrCreate(home(folder));
        far = Repository.openOrCreate(far(folder));
        manifest = committed(home);
    }

    Store home(Path folder) {
        return folder(folder.resolve("home"));
    }

    Store far(Path folder) {
        return folder(folder.resolve("far"));
    }

    static Store folder(Path folder) {
        try {
            return Stores.open("file:" + Files.createDirectories(folder));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_copy_is_the_same_bytes_under_the_same_keys() {
        List<Long> heard = new ArrayList<>();

        Copied copied = home.copyTo(far, ORDERS, heard::add);

        assertThat(copied).isEqualTo(new Copied(2, manifest.storedBytes(), false));
        assertThat(content(far)).isEqualTo(content(home));
        assertThat(far.manifestBytes(ORDERS))
                .contains(home.manifestBytes(ORDERS).orElseThrow());
        assertThat(far.manifest(ORDERS)).contains(manifest);
        assertThat(heard).isSorted().last().isEqualTo(2 * manifest.storedBytes());
    }

    /** A dead attempt may have given it its name and never have seen that a lock was ignored. */
    @Test
    void what_was_there_is_asked_whether_it_is_kept_as_it_should_be() {
        copy();
        List<Key> asked = new ArrayList<>();
        Repository again = Repository.open(new DyingStore(far.store(), Integer.MAX_VALUE) {
            @Override
            public void checkKept(Key key, Placement placement) {
                asked.add(key);
            }
        });
        List<Key> all = new ArrayList<>(
                manifest.objects().stream().map(SealedObject::key).toList());
        all.add(Layout.attemptFile(ORDERS, manifest.attempt()));
        all.add(Layout.manifest(ORDERS));

        home.copyTo(again, ORDERS, bytes -> {});
        assertThat(asked).containsExactlyInAnyOrderElementsOf(all);

        again.createOrSame(Layout.manifest(ORDERS), home.manifestBytes(ORDERS).orElseThrow());
        assertThat(asked).hasSize(all.size() + 1).last().isEqualTo(Layout.manifest(ORDERS));

        asked.clear();
        again.store().delete(Layout.manifest(ORDERS));
        home.copyTo(again, ORDERS, bytes -> {});
        all.removeLast();
        assertThat(asked).containsAll(all);
    }

    @Test
    void a_copy_that_is_there_is_done_at_once() {
        copy();
        List<Long> heard = new ArrayList<>();

        assertThat(home.copyTo(far, ORDERS, heard::add).alreadyThere()).isTrue();
        assertThat(heard).isEmpty();
    }

    @Test
    void a_backup_comes_home_from_its_copy() {
        copy();
        Repository fresh = Repository.openOrCreate(folder(folder.resolve("fresh")));

        far.copyTo(fresh, ORDERS, done -> {});

        assertThat(content(fresh)).isEqualTo(content(home));
    }

    @Test
    void wherever_it_is_killed_nothing_is_listed_and_the_next_copy_makes_it_whole() {
        for (int effects = 0; effects < 4; effects++) {
            far = Repository.openOrCreate(far(folder.resolve("after-" + effects)));

            assertThat(DyingStore.killedAfter(far.store(), effects, mortal -> home.copyTo(mortal, ORDERS, done -> {})))
                    .isTrue();
            assertThat(far.inventory(Optional.empty()).entries()).isEmpty();
            copy();
            assertThat(content(far)).isEqualTo(content(home));
        }
    }

    @Test
    void two_at_once_make_one_copy() {
        CompletableFuture<Copied> twin = CompletableFuture.supplyAsync(this::copy);
        Copied ours = copy();

        assertThat(twin.join().bytes()).isEqualTo(ours.bytes());
        assertThat(content(far)).isEqualTo(content(home));
    }

    @Test
    void what_is_damaged_at_its_source_is_never_spread() {
        Key key = manifest.objects().getLast().key();
        byte[] bytes = bytes(home, key);
        for (byte[] damaged : List.of(flipped(bytes), cut(bytes))) {
            replace(home, key, damaged);

            StoreException e = catchThrowableOfType(StoreException.class, this::copy);

            assertThat(e.problem()).isEqualTo(DAMAGED);
            assertThat(e)
                    .hasMessageContaining("'%s' in '%s'", key, home.store().url())
                    .hasMessageContaining("not copied");
            assertThat(far.manifest(ORDERS)).isEmpty();
            assertThat(far.store().list(Layout.data(ORDERS)))
                    .extracting(StoredObject::key)
                    .doesNotContain(key);
        }
    }

    @Test
    void a_source_that_has_grown_is_not_written_to_its_end() {
        Key key = manifest.objects().getLast().key();
        replace(home, key, new byte[3 * LARGE]);
        List<Long> heard = new ArrayList<>();

        StoreException e = catchThrowableOfType(StoreException.class, () -> home.copyTo(far, ORDERS, heard::add));

        assertThat(e.problem()).isEqualTo(DAMAGED);
        assertThat(e).hasMessageContaining("not copied");
        assertThat(heard).allMatch(it -> it <= manifest.storedBytes());
        assertThat(far.manifest(ORDERS)).isEmpty();
    }

    @Test
    void an_edited_manifest_is_never_spread() {
        Key key = Layout.manifest(ORDERS);
        String honest = new String(bytes(home, key), UTF_8);
        replace(home, key, honest.replaceFirst("pg_dump", "pg_dumb").getBytes(UTF_8));

        StoreException e = catchThrowableOfType(StoreException.class, this::copy);

        assertThat(e.problem()).isEqualTo(DAMAGED);
        assertThat(e).hasMessageContaining("nothing was copied");
        assertThat(far.store().list(Layout.databases())).isEmpty();
    }

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource({
        "pg_dump, pg_dumb, does not say what the manifest says",
        // One bit, and the same instant to most readers.
        "Z\", z\", not an instant",
    })
    void a_seal_that_was_changed_is_never_spread(String was, String is, String why) {
        Key key = Layout.attemptFile(ORDERS, "a1");
        String honest = new String(bytes(home, key), UTF_8);
        replace(home, key, honest.replaceFirst(was, is).getBytes(UTF_8));

        StoreException e = catchThrowableOfType(StoreException.class, this::copy);

        assertThat(e.problem()).isEqualTo(DAMAGED);
        assertThat(e).hasMessageContaining(why);
        assertThat(far.store().list(Layout.databases())).isEmpty();
    }

    @Test
    void a_seal_with_fields_of_tomorrow_is_copied_as_it_is() {
        Key key = Layout.attemptFile(ORDERS, "a1");
        String more = new String(bytes(home, key), UTF_8).replaceFirst("\"run\":", "\"proof\": [1],\n  $0");
        replace(home, key, more.getBytes(UTF_8));

        copy();

        assertThat(bytes(far, key)).asString(UTF_8).isEqualTo(more).contains("proof");
    }

    @Test
    void a_missing_object_is_named() {
        home.store().delete(manifest.objects().getFirst().key());

        assertThat(catchThrowableOfType(StoreException.class, this::copy))
                .hasMessageContaining("is missing; it was not copied");
    }

    @Test
    void other_bytes_of_a_dead_attempt_are_found_and_not_overwritten() {
        Key key = manifest.objects().getFirst().key();
        byte[] other = flipped(bytes(home, key));
        far.store().create(key, other);

        StoreException e = catchThrowableOfType(StoreException.class, this::copy);

        assertThat(e.problem()).isEqualTo(DAMAGED);
        assertThat(e)
                .hasMessageContaining(
                        "the copy in '%s' is not what was copied", far.store().url());
        assertThat(bytes(far, key)).isEqualTo(other);
        assertThat(far.manifest(ORDERS)).isEmpty();
    }

    @Test
    void another_backup_of_that_name_stays() {
        Manifest other = Samples.committed(far, ORDERS);

        StoreException e = catchThrowableOfType(StoreException.class, this::copy);

        assertThat(e.problem()).isEqualTo(EXISTS);
        assertThat(e).hasMessageContaining("another backup of the name");
        assertThat(far.manifest(ORDERS)).contains(other);
    }

    @Test
    void a_backup_that_was_given_up_there_is_never_copied_there() {
        far.discard(ORDERS);

        StoreException e = catchThrowableOfType(StoreException.class, this::copy);

        assertThat(e.problem()).isEqualTo(EXISTS);
        assertThat(e).hasMessageContaining("was given up");
        assertThat(far.store().list(Layout.data(ORDERS))).isEmpty();
    }

    @Test
    void what_was_never_committed_is_not_copied() {
        BackupId other = new BackupId("orders-20261122T020000Z-k3x9");
        Samples.sealed(home, other, "a1", "unfinished");

        StoreException e = catchThrowableOfType(StoreException.class, () -> home.copyTo(far, other, done -> {}));

        assertThat(e.problem()).isEqualTo(NOT_FOUND);
    }

    @Test
    void uploads_of_dead_copies_are_swept_once_they_are_idle() {
        Upload dead = far.store().begin(manifest.objects().getFirst().key());
        copy();

        assertThat(far.store().sweepUploads(Layout.data(ORDERS), Instant.MAX)).isEqualTo(1);
        dead.close();
        assertThat(content(far)).isEqualTo(content(home));
    }

    private Copied copy() {
        return home.copyTo(far, ORDERS, done -> {});
    }

    /** A signed backup with a small object and one of several buffers. */
    private static Manifest committed(Repository repository) {
        byte[] large = new byte[LARGE];
        new Random(7).nextBytes(large);
        SealedObject big = stored(repository, "orders.dump.zst.age", large);
        SealedObject small = stored(repository, "globals.sql.zst.age", "CREATE ROLE ann;".getBytes(UTF_8));
        Attempt attempt = Samples.attempt(ORDERS, "a1", List.of(small, big));
        repository.writeAttempt(attempt);
        Manifest manifest = Manifest.of(attempt, Samples.labels());
        repository.commit(manifest, Optional.of(SigningKey.generate()));
        return manifest;
    }

    private static SealedObject stored(Repository repository, String name, byte[] content) {
        Key key = Layout.object(ORDERS, "a1", name);
        try (Upload upload = repository.store().begin(key)) {
            upload.write(content);
            upload.commit();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Digested digested = Tally.of(content);
        return new SealedObject(key, name, digested.bytes(), digested.sha256(), digested.bytes(), digested.sha256());
    }

    private static void replace(Repository repository, Key key, byte[] content) {
        repository.store().delete(key);
        repository.store().create(key, content);
    }

    private static List<String> content(Repository repository) {
        return repository.store().list(Layout.databases()).stream()
                .map(it ->
                        it.key() + " " + Tally.of(bytes(repository, it.key())).sha256())
                .toList();
    }

    private static byte[] bytes(Repository repository, Key key) {
        return repository.store().read(key).orElseThrow();
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 4;
        return flipped;
    }

    private static byte[] cut(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, bytes.length - 1);
    }
}
