package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DAMAGED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A folder in a bucket of a service that stores plain files. */
@Tag("slow")
final class VersitygwStoreTest extends S3StoreContract {

    @AutoClose
    private static TestVersitygw server;

    @BeforeAll
    static void start() {
        server = TestVersitygw.start();
    }

    @Override
    TestS3 server() {
        return server;
    }

    @Override
    S3Location location(String bucket) {
        return server.location("s3://" + bucket + "/some/folder");
    }

    @Test
    void lists_tens_of_thousands_of_objects() throws IOException {
        Path folder = Files.createDirectories(server.files(bucket()).resolve("some/folder/many"));
        for (int n = 0; n < 20_000; n++) {
            Files.createFile(folder.resolve("%05d".formatted(n)));
        }
        List<StoredObject> all = store().list(key("many"));
        assertThat(all).hasSize(20_000).isSortedAccordingTo(Comparator.comparing(StoredObject::key));
        assertThat(all.getLast().key().value()).isEqualTo("many/19999");
    }

    @Test
    void a_storage_class_that_the_service_ignores_is_noticed() {
        Placement placement = new Placement(Optional.of("STANDARD_IA"), Optional.empty(), Map.of());
        StoreException e =
                catchThrowableOfType(StoreException.class, () -> store().create(key("a"), bytes("x"), placement));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining("stored without the storage class 'STANDARD_IA'");
        assertThat(e.hint()).isNotBlank();
    }

    @Test
    void an_encryption_that_the_service_ignores_is_noticed() throws IOException {
        S3Store careful = S3Store.open(location().withEncryption(new S3Encryption.ServiceKey()));
        StoreException small = catchThrowableOfType(StoreException.class, () -> careful.create(key("a"), bytes("x")));
        assertThat(small.problem()).isEqualTo(UNSUITABLE);
        assertThat(small).hasMessageContaining("stored without the encryption 'AES256'");
        try (Upload upload = careful.begin(key("b"))) {
            upload.write(bytes("x"));
            StoreException large = catchThrowableOfType(StoreException.class, upload::commit);
            assertThat(large.problem()).isEqualTo(UNSUITABLE);
        }
    }

    @Test
    void bytes_that_rot_on_the_service_are_noticed() throws IOException {
        store().create(key("a"), bytes("as it was written"));
        Files.writeString(server.files(bucket()).resolve("some/folder/a"), "as it was wrItten");
        StoreException e = catchThrowableOfType(StoreException.class, () -> store().read(key("a")));
        assertThat(e.problem()).isEqualTo(DAMAGED);
    }

    @Test
    void what_is_committed_outlives_a_crash_of_the_service() {
        store().create(key("a"), bytes("x"));
        server.kill();
        server.startAgain();
        assertThat(read("a")).isEqualTo("x");
        assertThat(store().create(key("a"), bytes("y"))).isFalse();
    }
}
