package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. A store's own test extends this with an empty store of its kind. */
abstract class StoreContract {

    private static final Instant LATER = Instant.MAX;

    /** The store under test, the same one during a test, empty at its start. */
    abstract Store store();

    @Test
    void creates_an_object_once_and_never_changes_it() {
        assertThat(store().create(key("a/b"), bytes("first"))).isTrue();
        assertThat(store().create(key("a/b"), bytes("second"))).isFalse();
        assertThat(store().create(key("a/b"), bytes("first"))).isFalse();
        assertThat(read("a/b")).isEqualTo("first");
    }

    @Test
    void refuses_to_commit_an_upload_whose_key_is_taken() throws IOException {
        store().create(key("a/b"), bytes("first"));
        try (Upload upload = store().begin(key("a/b"))) {
            upload.write(bytes("second"));
            StoreException e = catchThrowableOfType(StoreException.class, upload::commit);
            assertThat(e.problem()).isEqualTo(EXISTS);
            assertThat(e.hint()).isNotBlank();
        }
        assertThat(read("a/b")).isEqualTo("first");
        assertThat(store().sweepUploads(key("a"), LATER)).isZero();
    }

    @Test
    void of_sixteen_that_create_at_once_one_wins() throws Exception {
        for (int round = 0; round < 20; round++) {
            Key key = key("race/" + round + "/object");
            List<Integer> winners = race(i -> store().create(key, bytes("by " + i)));
            assertThat(winners).hasSize(1);
            assertThat(read(key.value())).isEqualTo("by " + winners.getFirst());
        }
        assertThat(store().list(key("race"))).hasSize(20);
        assertThat(store().sweepUploads(key("race"), LATER)).isZero();
    }

    @Test
    void of_sixteen_uploads_one_wins_with_all_its_bytes() throws Exception {
        List<Integer> winners = race(i -> {
            try (Upload upload = store().begin(key("race/upload"))) {
                for (int n = 0; n < 100; n++) {
                    upload.write(bytes("%04d".formatted(i)));
                }
                upload.commit();
                return true;
            } catch (StoreException e) {
                assertThat(e.problem()).isEqualTo(EXISTS);
                return false;
            }
        });
        assertThat(winners).hasSize(1);
        assertThat(read("race/upload"))
                .isEqualTo("%04d".formatted(winners.getFirst()).repeat(100));
    }

    @Test
    void creating_and_deleting_in_one_folder_at_once_lose_nothing() throws Exception {
        List<Integer> done = race(i -> {
            for (int n = 0; n < 30; n++) {
                // the folder is empty again and again, just when somebody else writes into it
                Key key = key("busy/folder/%d-%d".formatted(i, n));
                assertThat(store().create(key, bytes("x"))).isTrue();
                store().delete(key);
            }
            return store().create(key("busy/folder/" + i), bytes("last"));
        });
        assertThat(done).hasSize(16);
        assertThat(store().list(key("busy"))).hasSize(16);
    }

    @Test
    void an_upload_is_invisible_before_it_is_committed() throws IOException {
        try (Upload upload = store().begin(key("a/b/c"))) {
            upload.write(bytes("half"));
            upload.flush();
            assertThat(store().read(key("a/b/c"))).isEmpty();
            assertThat(store().list(key("a"))).isEmpty();
            assertThat(store().folders(key("a"))).isEmpty();
            upload.write(bytes(" and half"));
            upload.commit();
        }
        assertThat(read("a/b/c")).isEqualTo("half and half");
        assertThat(store().list(key("a"))).extracting(StoredObject::bytes).containsExactly(13L);
    }

    @Test
    void an_abandoned_upload_leaves_nothing() throws IOException {
        try (Upload upload = store().begin(key("a/b/c"))) {
            upload.write(bytes("half"));
        }
        assertThat(store().list(key("a"))).isEmpty();
        assertThat(store().sweepUploads(key("a"), LATER)).isZero();
        assertThat(store().create(key("a/b/c"), bytes("whole"))).isTrue();
    }

    @Test
    void sweeps_uploads_that_nobody_finished_and_no_younger_ones() throws IOException {
        Upload lost = store().begin(key("a/b/c"));
        lost.write(bytes("half"));
        lost.flush();
        assertThat(store().sweepUploads(key("a"), Instant.EPOCH)).isZero();
        assertThat(store().sweepUploads(key("other"), LATER)).isZero();
        assertThat(store().sweepUploads(key("a"), LATER)).isEqualTo(1);
        assertThat(store().sweepUploads(key("a"), LATER)).isZero();
        assertThatThrownBy(lost::commit).isInstanceOf(StoreException.class);
        lost.close();
        assertThat(store().list(key("a"))).isEmpty();
    }

    @Test
    void a_store_with_only_an_unfinished_upload_is_empty() {
        assertThat(store().isEmpty()).isTrue();
        Upload lost = store().begin(key("repository.json"));
        assertThat(store().isEmpty()).isTrue();
        lost.close();
        store().create(key("a"), bytes(""));
        assertThat(store().isEmpty()).isFalse();
    }

    @Test
    void an_object_that_is_not_there_is_said_to_be_so() {
        assertThat(store().read(key("none"))).isEmpty();
        assertThat(store().list(key("none"))).isEmpty();
        assertThat(store().folders(key("none"))).isEmpty();
        store().delete(key("none"));
        StoreException e = catchThrowableOfType(StoreException.class, () -> store().open(key("none")));
        assertThat(e.problem()).isEqualTo(NOT_FOUND);
    }

    @Test
    void a_folder_is_not_an_object() {
        store().create(key("a/b"), bytes("x"));
        assertThat(store().read(key("a"))).isEmpty();
        assertThatThrownBy(() -> store().open(key("a"))).isInstanceOf(StoreException.class);
        store().delete(key("a"));
        assertThat(read("a/b")).isEqualTo("x");
    }

    @Test
    void reads_small_objects_and_refuses_large_ones() throws IOException {
        byte[] most = new byte[Store.READ_LIMIT];
        store().create(key("most"), most);
        assertThat(store().read(key("most")).orElseThrow()).hasSize(Store.READ_LIMIT);
        store().create(key("more"), new byte[Store.READ_LIMIT + 1]);
        StoreException e = catchThrowableOfType(StoreException.class, () -> store().read(key("more")));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        try (InputStream in = store().open(key("more"))) {
            assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(Store.READ_LIMIT + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 01234",
        "3, 4, 3456",
        "8, 100, 89",
        "10, 1, ''",
        "25, 1, ''",
        "4, 0, ''",
        "7, 9223372036854775807, 789"
    })
    void reads_a_part_of_an_object(long offset, long length, String expected) throws IOException {
        store().create(key("a"), bytes("0123456789"));
        try (InputStream in = store().open(key("a"), offset, length)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(expected);
            assertThat(in.read()).isEqualTo(-1);
        }
        StoreException e = catchThrowableOfType(StoreException.class, () -> store().open(key("none"), offset, length));
        assertThat(e.problem()).isEqualTo(NOT_FOUND);
    }

    @Test
    void says_how_an_object_is_kept() {
        store().create(key("a"), bytes("x"), Placement.NONE);
        assertThat(Placement.NONE.missingIn(store().placement(key("a")))).isEmpty();
        assertThat(store().placement(key("a")).lock()).isEmpty();
        assertThat(store().placement(key("a")).tags()).isEmpty();
        StoreException e = catchThrowableOfType(StoreException.class, () -> store().placement(key("none")));
        assertThat(e.problem()).isEqualTo(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1000, 1001, 2000})
    void lists_all_of_many_objects_in_order(int count) {
        List<String> keys =
                IntStream.range(0, count).mapToObj("many/%05d"::formatted).toList();
        keys.reversed().parallelStream().forEach(key -> store().create(key(key), bytes("x")));
        store().create(key("many-more"), bytes("not in that folder"));

        assertThat(store().list(key("many"))).extracting(o -> o.key().value()).isEqualTo(keys);
    }

    @Test
    void lists_in_the_order_of_keys_and_not_of_folders() {
        List<String> keys = List.of("x/a-b", "x/a.b", "x/a/b", "x/a0", "x/a=b", "x/aB", "x/a_b", "x/ab");
        keys.reversed().forEach(key -> store().create(key(key), bytes("x")));

        assertThat(store().list(key("x"))).extracting(o -> o.key().value()).isEqualTo(keys);
        assertThat(keys).isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=", "-", "_", "...", ".hidden", "a..b", "-rf", "A=1/b.c-d_e", "0/1/2/3/4/5/6/7/8/9"})
    void takes_odd_keys(String odd) {
        store().create(key("odd/" + odd), bytes(odd));
        assertThat(read("odd/" + odd)).isEqualTo(odd);
        assertThat(store().list(key("odd"))).extracting(o -> o.key().value()).containsExactly("odd/" + odd);
    }

    @Test
    void takes_the_longest_key() {
        Key longest = key(("x".repeat(199) + "/").repeat(4) + "y".repeat(100));
        store().create(longest, bytes("x"));
        assertThat(store().list(key("x".repeat(199))))
                .extracting(StoredObject::key)
                .containsExactly(longest);
    }

    @Test
    void names_the_folders_that_have_objects() {
        store().create(key("d/one/x/y"), bytes("1"));
        store().create(key("d/two"), bytes("an object, not a folder"));
        store().create(key("d/three/z"), bytes("3"));
        store().create(key("d/gone/z"), bytes("3"));
        store().delete(key("d/gone/z"));

        assertThat(store().folders(key("d"))).containsExactly("one", "three");
    }

    @Test
    void a_deleted_object_is_gone_and_its_name_is_free() {
        store().create(key("a/b"), bytes("first"));
        store().delete(key("a/b"));
        store().delete(key("a/b"));
        assertThat(store().read(key("a/b"))).isEmpty();
        assertThat(store().create(key("a/b"), bytes("second"))).isTrue();
    }

    @Test
    void says_when_an_object_was_written() {
        Instant before = Instant.now().minusSeconds(5);
        store().create(key("a"), bytes("x"));
        store().create(key("b/c"), bytes("x"));
        assertThat(store().list(key("b")).getFirst().modified())
                .isBetween(before, Instant.now().plusSeconds(5));
    }

    static Key key(String value) {
        return new Key(value);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    final String read(String key) {
        return new String(store().read(key(key)).orElseThrow(), UTF_8);
    }

    /** Who of sixteen, let go at one moment, said true. */
    private static List<Integer> race(Runner runner) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Boolean>> runs = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int number = i;
                Callable<Boolean> run = () -> {
                    go.await();
                    return runner.run(number);
                };
                runs.add(threads.submit(run));
            }
            go.countDown();
            List<Integer> winners = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                if (runs.get(i).get()) {
                    winners.add(i);
                }
            }
            return winners;
        }
    }

    private interface Runner {
        boolean run(int number) throws IOException;
    }
}
