package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an S3 service promises beyond what every store does. */
abstract class S3StoreContract extends StoreContract {

    private static final int MEBIBYTE = 1024 * 1024;

    private String bucket = "";
    private S3Location location = S3Location.of("s3://none");
    private S3Store store = S3Store.open(location.withRegion("none").withCredentials(new S3Credentials.Keys("a", "b")));

    abstract TestS3 server();

    /** The bucket itself or a folder in it. */
    abstract S3Location location(String bucket);

    @BeforeEach
    void makeBucket() {
        use(server().makeBucket());
    }

    @Override
    final S3Store store() {
        return store;
    }

    @Test
    void an_object_of_many_parts_arrives_whole() throws Exception {
        long seed = System.nanoTime();
        int size = 67 * MEBIBYTE + 12345; // the fifth part is a short one
        byte[] chunk = new byte[MEBIBYTE / 3];
        MessageDigest written = MessageDigest.getInstance("SHA-256");
        try (Upload upload = store.begin(key("large"))) {
            Random random = new Random(seed);
            for (int left = size; left > 0; left -= chunk.length) {
                random.nextBytes(chunk);
                upload.write(chunk, 0, Math.min(left, chunk.length));
                written.update(chunk, 0, Math.min(left, chunk.length));
            }
            upload.commit();
        }
        assertThat(store.list(key("large-not"))).isEmpty();
        try (InputStream in = store.open(key("large"))) {
            MessageDigest read = MessageDigest.getInstance("SHA-256");
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                read.update(chunk, 0, count);
            }
            assertThat(read.digest()).as("seed %d", seed).isEqualTo(written.digest());
        }
        try (InputStream part = store.open(key("large"), size - 10L, 100)) {
            assertThat(part.readAllBytes()).hasSize(10);
        }
    }

    @Test
    void an_upload_of_nothing_is_an_empty_object() {
        try (Upload upload = store.begin(key("empty"))) {
            upload.commit();
        }
        assertThat(store.read(key("empty")).orElseThrow()).isEmpty();
    }

    @Test
    void an_overwritten_and_a_deleted_version_are_still_there() {
        use(server().makeLockedBucket());
        store.create(key("a/b"), bytes("first"));
        try (S3Client client = server().client()) {
            // what somebody with our rights could do; Lifeboat itself never overwrites
            client.putObject(
                    put -> put.bucket(bucket).key(location.name(key("a/b"))), RequestBody.fromString("ransom"));
        }
        store.delete(key("a/b"));
        store.create(key("a/bc"), bytes("another object"));

        assertThat(store.read(key("a/b"))).isEmpty();
        assertThat(store.list(key("a"))).extracting(it -> it.key().value()).containsExactly("a/bc");
        List<StoredVersion> versions = store.versions(key("a/b"));
        assertThat(versions).extracting(StoredVersion::deleted).containsExactly(true, false, false);
        assertThat(versions).extracting(StoredVersion::current).containsExactly(true, false, false);
        assertThat(versions).extracting(StoredVersion::bytes).containsExactly(0L, 6L, 5L);
    }

    @ParameterizedTest
    @EnumSource(Placement.Lock.Mode.class)
    void a_locked_object_says_until_when_and_cannot_be_removed(Placement.Lock.Mode mode) throws IOException {
        use(server().makeLockedBucket());
        Instant until = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        Placement placement = new Placement(Optional.empty(), Optional.of(new Placement.Lock(mode, until)), Map.of());
        assertThat(store.create(key("small"), bytes("x"), placement)).isTrue();
        try (Upload upload = store.begin(key("large"), placement)) {
            upload.write(bytes("x"));
            upload.commit();
        }

        for (Key key : List.of(key("small"), key("large"))) {
            assertThat(store.placement(key).lock()).hasValueSatisfying(lock -> {
                assertThat(lock.mode()).isEqualTo(mode);
                assertThat(lock.until()).isBetween(until.minusSeconds(1), until.plusSeconds(1));
            });
            String version = store.versions(key).getFirst().id();
            try (S3Client client = server().client()) {
                assertThatThrownBy(() -> client.deleteObject(
                                it -> it.bucket(bucket).key(location.name(key)).versionId(version)))
                        .isInstanceOf(S3Exception.class);
            }
        }
    }

    @Test
    void a_bucket_without_locks_refuses_to_lock_in_words() {
        Placement.Lock lock =
                new Placement.Lock(Placement.Lock.Mode.GOVERNANCE, Instant.now().plusSeconds(3600));
        Placement placement = new Placement(Optional.empty(), Optional.of(lock), Map.of());
        StoreException e =
                catchThrowableOfType(StoreException.class, () -> store.create(key("a"), bytes("x"), placement));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining("cannot write '%s/a'".formatted(store.url()));
        assertThat(e.hint()).isNotBlank();
    }

    @Test
    void tags_are_written_and_read_back() throws IOException {
        Placement placement = new Placement(
                Optional.empty(), Optional.empty(), Map.of("kind", "pre-deploy", "release", "v2 +=/: a_b"));
        store.create(key("small"), bytes("x"), placement);
        try (Upload upload = store.begin(key("large"), placement)) {
            upload.write(bytes("x"));
            upload.commit();
        }
        assertThat(store.placement(key("small")).tags()).isEqualTo(placement.tags());
        assertThat(store.placement(key("large")).tags()).isEqualTo(placement.tags());
    }

    @Test
    void an_upload_that_still_grows_is_not_swept() throws IOException {
        try (Upload upload = store.begin(key("a/large"))) {
            upload.write(bytes("x"));
            Instant begun = Instant.now().plusSeconds(1);
            Awaitility.await().until(() -> Instant.now().isAfter(begun.plusSeconds(1)));
            upload.write(new byte[17 * MEBIBYTE]); // the first part is on its way
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(uploadedParts(key("a/large"))).isOne());
            assertThat(store.sweepUploads(key("a"), begun)).isZero();
            upload.commit();
        }
        assertThat(store.list(key("a"))).hasSize(1);
    }

    @Test
    void a_process_that_is_killed_while_it_uploads_leaves_no_object_and_what_it_leaves_is_swept() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m", // less than it uploads: memory does not grow with the object
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessUpload.class.getName(),
                        location.url(),
                        server().endpoint().toString(),
                        server().keys().id(),
                        server().keys().secret())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(
                            () -> assertThat(uploadedParts(EndlessUpload.KEY)).isPositive());
        } finally {
            process.destroyForcibly();
            process.waitFor(20, TimeUnit.SECONDS);
        }
        assertThat(store.list(key("endless"))).isEmpty();
        assertThat(store.isEmpty()).isTrue();
        assertThat(store.sweepUploads(key("endless"), Instant.now().minusSeconds(3600)))
                .isZero();
        assertThat(store.sweepUploads(key("endless"), Instant.now().plusSeconds(5)))
                .isOne();
        assertThat(store.create(EndlessUpload.KEY, bytes("x"))).isTrue();
    }

    @Test
    void an_answer_that_was_lost_is_not_taken_for_a_lost_race() throws IOException {
        S3Store forgetful = new S3Store(
                new S3Bucket(S3Clients.open(location, new ForgetfulHttpClient(S3Clients.http(location))), location));
        assertThat(forgetful.create(key("small"), bytes("ours"))).isTrue();
        assertThat(forgetful.create(key("small"), bytes("ours"))).isFalse();
        try (Upload upload = forgetful.begin(key("large"))) {
            upload.write(bytes("ours"));
            upload.commit();
        }
        try (Upload upload = forgetful.begin(key("large"))) {
            upload.write(bytes("ours"));
            StoreException e = catchThrowableOfType(StoreException.class, upload::commit);
            assertThat(e.problem()).isEqualTo(EXISTS);
        }
        assertThat(read("small")).isEqualTo("ours");
        assertThat(read("large")).isEqualTo("ours");
    }

    final String bucket() {
        return bucket;
    }

    final S3Location location() {
        return location;
    }

    final void use(String name) {
        bucket = name;
        location = location(name);
        store = S3Store.open(location);
    }

    /** How many parts of the one unfinished upload of an object the service has. */
    private int uploadedParts(Key key) {
        String name = location.name(key);
        try (S3Client client = server().client()) {
            return client.listMultipartUploads(it -> it.bucket(bucket)).uploads().stream()
                    .filter(upload -> upload.key().equals(name))
                    .mapToInt(upload -> client.listParts(
                                    it -> it.bucket(bucket).key(name).uploadId(upload.uploadId()))
                            .parts()
                            .size())
                    .sum();
        }
    }
}
