package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real service behind TLS, and callers whom it should not trust. */
@Tag("slow")
final class S3SecurityTest {

    private static final Key KEY = new Key("a/b");

    @TempDir
    private static Path folder;

    @AutoClose
    private static TestVersitygw server;

    @BeforeAll
    static void start() throws Exception {
        server = TestVersitygw.start(TestCertificate.make(folder));
    }

    @Test
    void a_service_whose_certificate_is_trusted_is_used() throws IOException {
        S3Store store = S3Store.open(place());
        assertThat(store.create(KEY, "x".getBytes(UTF_8))).isTrue();
        try (Upload upload = store.begin(new Key("large"))) {
            upload.write(new byte[20_000_000]);
            upload.commit();
        }
        assertThat(store.list(new Key("a"))).hasSize(1);
        assertThat(store.open(new Key("large"), 19_999_999, 5).readAllBytes()).hasSize(1);
    }

    @Test
    void a_service_whose_certificate_is_not_trusted_is_refused() {
        S3Location java = S3Location.of("s3://some-bucket")
                .withRegion("us-east-1")
                .withEndpoint(server.endpoint(), true)
                .withCredentials(server.keys());
        StoreException e = catchThrowableOfType(
                StoreException.class, () -> S3Store.open(java).read(KEY));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining("certificate is not trusted");
        assertThat(e.hint()).contains("ca");
    }

    /** With TLS the request's signature does not cover its bytes: only the checksum stands between them and the disk. */
    @Test
    void a_bit_that_flips_on_the_way_is_refused() throws IOException {
        S3Location location = place();
        S3Store store = new S3Store(
                new S3Bucket(S3Clients.open(location, new FlippingHttpClient(S3Clients.http(location))), location));
        StoreException small = catchThrowableOfType(StoreException.class, () -> store.create(KEY, new byte[1000]));
        assertThat(small.problem()).isEqualTo(UNREACHABLE);
        assertThat(small).hasMessageContaining("the bytes arrived damaged and were refused");
        try (Upload upload = store.begin(new Key("large"))) {
            upload.write(new byte[17_000_000]);
            StoreException large = catchThrowableOfType(StoreException.class, upload::commit);
            assertThat(large).hasMessageContaining("the bytes arrived damaged and were refused");
        }
        assertThat(S3Store.open(location).isEmpty()).isTrue();
    }

    @Test
    void wrong_keys_buckets_and_regions_are_told_apart() {
        S3Location right = place();
        S3Credentials.Keys keys = server.keys();
        assertRefused(right.withCredentials(new S3Credentials.Keys("nobody", keys.secret())), DENIED, "access key");
        assertRefused(right.withCredentials(new S3Credentials.Keys(keys.id(), "wrong")), DENIED, "secret");
        assertRefused(right.withRegion("eu-central-1"), UNSUITABLE, "region 'us-east-1'");
        S3Location none = server.location("s3://no-such-bucket");
        assertRefused(none, UNSUITABLE, "there is no such bucket");
    }

    private static void assertRefused(S3Location location, StoreException.Problem problem, String words) {
        StoreException e = catchThrowableOfType(
                StoreException.class, () -> S3Store.open(location).list(KEY));
        assertThat(e).as(words).hasMessageContaining(words);
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.getMessage() + e.hint() + e.getCause())
                .doesNotContain(server.keys().secret());
    }

    private static S3Location place() {
        return server.location("s3://" + server.makeBucket());
    }
}
