package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.FULL;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest extends StoreContract {

    private static final Placement.Lock LOCK =
            new Placement.Lock(Placement.Lock.Mode.COMPLIANCE, Instant.parse("2099-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private Path root;
    private Store store;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(folder.resolve("root")).toRealPath();
        store = Stores.open("file:" + root);
    }

    @Override
    Store store() {
        return store;
    }

    @Test
    void files_and_folders_are_for_their_owner_only() throws IOException {
        store.create(key("a/b/c"), bytes("x"));
        try (Upload upload = store.begin(key("a/d"));
                Stream<Path> all = Files.walk(root.resolve("a"))) {
            upload.write(1);
            for (Path each : all.toList()) {
                String wanted = Files.isDirectory(each) ? "rwx------" : "rw-------";
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .as(each.toString())
                        .isEqualTo(wanted);
            }
        }
    }

    @Test
    void a_process_killed_before_the_link_leaves_only_something_to_sweep() throws IOException {
        Path left = Files.createDirectories(root.resolve("a")).resolve(".upload-0b1c");
        Files.writeString(left, "whole, but nameless");
        assertThat(store.list(key("a"))).isEmpty();
        assertThat(store.create(key("a/b"), bytes("again"))).isTrue();
        assertThat(store.sweepUploads(key("a"), Instant.now().minusSeconds(60))).isZero();
        assertThat(store.sweepUploads(key("a"), Instant.now().plusSeconds(60))).isEqualTo(1);
        assertThat(read("a/b")).isEqualTo("again");
    }

    @Test
    void a_process_killed_after_the_link_leaves_the_object_and_something_to_sweep() throws IOException {
        store.create(key("a/b"), bytes("whole"));
        Files.createLink(root.resolve("a/.upload-0b1c"), root.resolve("a/b"));
        assertThat(store.list(key("a"))).hasSize(1);
        assertThat(store.sweepUploads(key("a"), Instant.MAX)).isEqualTo(1);
        assertThat(read("a/b")).isEqualTo("whole");
    }

    @Test
    void deleting_and_sweeping_leave_no_empty_folders() throws IOException {
        store.create(key("a/b/c/d"), bytes("x"));
        Upload lost = store.begin(key("a/e/f"));
        store.delete(key("a/b/c/d"));
        assertThat(root.resolve("a/b")).doesNotExist();
        store.sweepUploads(key("a"), Instant.MAX);
        lost.close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void a_sweeper_that_removes_the_empty_folder_again_and_again_stops_nobody() throws Exception {
        Path busy = root.resolve("busy");
        AtomicBoolean ended = new AtomicBoolean();
        Thread sweeper = Thread.ofPlatform().start(() -> {
            while (!ended.get()) {
                // Once for each object: one that never lets go would be no sweeper.
                boolean removed = busy.toFile().delete();
                while (removed && !ended.get() && isEmptyOrGone(busy)) {
                    Thread.onSpinWait();
                }
            }
        });
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(store.create(key("busy/" + i), bytes("x"))).isTrue();
                store.delete(key("busy/" + i));
            }
        } finally {
            ended.set(true);
            sweeper.join();
        }
    }

    @Test
    void a_link_out_of_the_repository_is_not_followed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s");
        Files.createSymbolicLink(root.resolve("a"), outside);
        Files.createSymbolicLink(root.resolve("b"), outside.resolve("secret"));

        assertDenied(() -> store.read(key("a/secret")));
        assertDenied(() -> store.open(key("b")));
        assertDenied(() -> store.create(key("a/new"), bytes("x")));
        assertDenied(() -> store.delete(key("a/secret")));
        assertDenied(() -> store.list(key("a")));
        assertThat(outside.resolve("secret")).hasContent("s");
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    void files_of_others_are_not_shown() throws IOException {
        store.create(key("a/b"), bytes("x"));
        Files.writeString(root.resolve("a/with a space"), "x");
        Files.writeString(root.resolve("a/ümlaut"), "x");
        assertThat(store.list(key("a"))).hasSize(1);
    }

    @Test
    void something_in_the_way_is_named() throws IOException {
        Files.writeString(root.resolve("a"), "not a folder");
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.create(key("a/b"), bytes("x")));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining(root.resolve("a").toString());
    }

    @Test
    void an_interrupted_thread_commits_all_the_same() throws IOException {
        try (Upload upload = store.begin(key("a"))) {
            Thread.currentThread().interrupt();
            upload.write(bytes("whole"));
            upload.commit();
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(read("a")).isEqualTo("whole");
    }

    @Test
    void what_a_folder_cannot_keep_is_refused_before_anything_is_written() {
        for (Placement placement : List.of(
                new Placement(Optional.of("STANDARD_IA"), Optional.empty(), Map.of()),
                new Placement(Optional.empty(), Optional.of(LOCK), Map.of()),
                new Placement(Optional.empty(), Optional.empty(), Map.of("kind", "daily")))) {
            StoreException e =
                    catchThrowableOfType(StoreException.class, () -> store().create(key("a"), bytes("x"), placement));
            assertThat(e.problem()).isEqualTo(UNSUITABLE);
            assertThat(e.hint()).isNotBlank();
            assertThatThrownBy(() -> store().begin(key("a"), placement)).isInstanceOf(StoreException.class);
        }
        assertThat(store().isEmpty()).isTrue();
    }

    @Test
    void a_full_disk_is_named_and_nothing_half_is_left() throws Exception {
        Path small = folder.resolve("small");
        try (TestDisk disk = TestDisk.mount(small, "size=1m,mode=0700")) {
            Store tiny = Stores.open("file:" + disk.place());
            assertThat(tiny.free().orElseThrow()).isLessThanOrEqualTo(1 << 20);
            StoreException e =
                    catchThrowableOfType(StoreException.class, () -> tiny.create(key("a/b"), new byte[2 << 20]));
            assertThat(e.problem()).isEqualTo(FULL);
            assertThat(tiny.list(key("a"))).isEmpty();
            assertThat(tiny.sweepUploads(key("a"), Instant.MAX)).isZero();
            assertThat(tiny.create(key("a/b"), new byte[1000])).isTrue();
        }
    }

    @Test
    void a_store_opened_to_read_writes_nothing() {
        store.create(key("a"), bytes("x"));
        Store reading = Stores.openToRead("file:" + root);
        assertThat(reading.read(key("a"))).isPresent();
        assertDenied(() -> reading.create(key("b"), bytes("x")));
        assertDenied(() -> reading.begin(key("b")));
        assertDenied(() -> reading.delete(key("a")));
        assertDenied(() -> reading.sweepUploads(key("a"), Instant.MAX));
        assertThat(read("a")).isEqualTo("x");
    }

    @Test
    void its_url_opens_it_again() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("with a space & ü"));
        Store first = Stores.open("file:" + odd.toUri().getRawPath());
        first.create(key("a"), bytes("x"));
        assertThat(Stores.open(first.url()).read(key("a"))).isPresent();
        assertThat(store.url()).isEqualTo("file:" + root);
        assertThat(Stores.open("file://" + root).url()).isEqualTo(store.url());
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/path, says neither how to get there nor who we are",
        "S3://bucket, says neither how to get there nor who we are",
        "gs://bucket, gs repositories are not supported by this version",
        "/var/backups, is a path and not a URL",
        "backups, is not the URL of a repository",
        "file:backups, does not name an absolute path",
        "file://host/backups, does not name an absolute path",
        "file:/a?b, does not name an absolute path",
        "file:/a b, is not a URL",
    })
    void other_addresses_are_refused_in_words(String url, String words) {
        assertRefused(url, UNSUITABLE, words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/../b",
                "../a",
                "a/.",
                "a b",
                "a\nb",
                "ü",
                "a\\b",
                "a:b",
                "😀",
                "a/.upload-1"
            })
    void keys_that_lead_elsewhere_are_refused(String value) {
        assertThatThrownBy(() -> new Key(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key("a").child(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keys_that_are_too_long_are_refused() {
        assertThatThrownBy(() -> key("x".repeat(201))).hasMessageContaining("200");
        assertThatThrownBy(() -> key("xy/".repeat(300) + "z")).hasMessageContaining("900");
    }

    private static void assertRefused(String url, StoreException.Problem problem, String words) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> Stores.open(url));
        assertThat(e).hasMessageContaining(words);
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.hint()).isNotBlank();
    }

    private static void assertDenied(Runnable call) {
        StoreException e = catchThrowableOfType(StoreException.class, call::run);
        assertThat(e).isNotNull();
        assertThat(e.problem()).isEqualTo(DENIED);
    }

    private static boolean isEmptyOrGone(Path folder) {
        String[] names = folder.toFile().list();
        return names == null || names.length == 0;
    }
}
