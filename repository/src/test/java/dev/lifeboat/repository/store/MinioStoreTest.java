package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A whole bucket of a service that stores objects in a format of its own. */
@Tag("slow")
final class MinioStoreTest extends S3StoreContract {

    @AutoClose
    private static TestMinio server;

    @BeforeAll
    static void start() {
        server = TestMinio.start();
    }

    @Override
    TestS3 server() {
        return server;
    }

    @Override
    S3Location location(String bucket) {
        return server.location("s3://" + bucket);
    }

    @Test
    void a_storage_class_is_written_and_read_back() throws IOException {
        Placement placement = new Placement(Optional.of("REDUCED_REDUNDANCY"), Optional.empty(), Map.of());
        assertThat(store().create(key("small"), bytes("x"), placement)).isTrue();
        try (Upload upload = store().begin(key("large"), placement)) {
            upload.write(bytes("x"));
            upload.commit();
        }
        assertThat(store().placement(key("small")).storageClass()).contains("REDUCED_REDUNDANCY");
        assertThat(store().placement(key("large")).storageClass()).contains("REDUCED_REDUNDANCY");
    }

    @Test
    void a_storage_class_that_does_not_exist_is_refused() {
        Placement placement = new Placement(Optional.of("FOR_EVER"), Optional.empty(), Map.of());
        StoreException e =
                catchThrowableOfType(StoreException.class, () -> store().create(key("a"), bytes("x"), placement));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining("InvalidStorageClass");
    }

    @Test
    void the_service_encrypts_with_the_key_that_was_named() throws IOException {
        for (S3Encryption how : List.of(new S3Encryption.ServiceKey(), new S3Encryption.ManagedKey("first"))) {
            use(server.makeBucket());
            S3Store encrypted = S3Store.open(location().withEncryption(how));
            encrypted.create(key("small"), bytes("x"));
            try (Upload upload = encrypted.begin(key("large"))) {
                upload.write(bytes("x"));
                upload.commit();
            }
            String expected = how instanceof S3Encryption.ServiceKey ? "AES256" : "aws:kms";
            try (S3Client client = server.client()) {
                for (String name : List.of("small", "large")) {
                    assertThat(client.headObject(it -> it.bucket(bucket()).key(name))
                                    .serverSideEncryptionAsString())
                            .isEqualTo(expected);
                }
            }
            assertThat(read("large")).isEqualTo("x");
        }
    }

    /** Not on versitygw, which does not know its own marker when it is asked for the next page. */
    @Test
    void sweeps_more_uploads_than_fit_on_one_page() {
        try (S3Client client = server.client()) {
            IntStream.range(0, 1001)
                    .parallel()
                    .forEach(n -> client.createMultipartUpload(
                            it -> it.bucket(bucket()).key(location().name(key("lost/" + n)))));
        }
        assertThat(store().sweepUploads(key("lost"), Instant.MAX)).isEqualTo(1001);
        assertThat(store().sweepUploads(key("lost"), Instant.MAX)).isZero();
    }

    /** Not on versitygw, where a name that was deleted stays taken while versions are kept. */
    @Test
    void the_name_of_a_deleted_object_is_free_where_versions_are_kept() {
        use(server.makeLockedBucket());
        store().create(key("a"), bytes("first"));
        store().delete(key("a"));
        assertThat(store().create(key("a"), bytes("second"))).isTrue();
        assertThat(store().versions(key("a"))).hasSize(3);
    }
}
