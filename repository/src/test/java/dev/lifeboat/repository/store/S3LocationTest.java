package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3LocationTest {

    private static final S3Location SOMEWHERE = S3Location.of("s3://acme-backups/lifeboat");

    @ParameterizedTest
    @CsvSource({
        "s3://acme-backups, acme-backups, '', s3://acme-backups",
        "s3://acme-backups/, acme-backups, '', s3://acme-backups",
        "S3://acme-backups/a, acme-backups, a, s3://acme-backups/a",
        "s3://acme.backups/a/b/, acme.backups, a/b, s3://acme.backups/a/b",
    })
    void addresses_name_a_bucket_and_a_folder(String url, String bucket, String prefix, String shown) {
        S3Location location = S3Location.of(url);
        assertThat(location.bucket()).isEqualTo(bucket);
        assertThat(location.prefix()).isEqualTo(prefix);
        assertThat(location.url()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:/acme",
                "s3://",
                "s3://a",
                "s3://Acme-Backups",
                "s3://acme..backups",
                "s3://acme/a//b",
                "s3://acme/../b",
                "s3://user:secret@acme",
                "s3://acme/a?b",
                "https://acme/a",
                "acme"
            })
    void other_addresses_are_refused(String url) {
        StoreException e = catchThrowableOfType(StoreException.class, () -> S3Location.of(url));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e.hint()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9000",
                "http://localhost:9000",
                "http://[::1]:9000",
                "https://minio.example.com",
                "https://0123456789abcdef.r2.cloudflarestorage.com"
            })
    void endpoints_are_encrypted_or_on_this_machine(String endpoint) {
        assertThat(SOMEWHERE.withEndpoint(URI.create(endpoint), true).endpoint())
                .contains(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://minio.example.com:9000",
                "http://10.0.0.7:9000",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "ftp://minio.example.com",
                "minio.example.com:9000",
                "https://id:pl4nted@minio.example.com"
            })
    void other_endpoints_are_refused_and_not_repeated_with_a_secret(String endpoint) {
        StoreException e =
                catchThrowableOfType(StoreException.class, () -> SOMEWHERE.withEndpoint(URI.create(endpoint), true));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e.getMessage() + e.hint()).doesNotContain("pl4nted").contains("https://");
    }

    @Test
    void impossible_numbers_are_refused() {
        assertThat(catchThrowableOfType(StoreException.class, () -> SOMEWHERE.withUploadParallelism(0)))
                .isNotNull();
        assertThat(catchThrowableOfType(StoreException.class, () -> SOMEWHERE.withUploadParallelism(9)))
                .isNotNull();
        assertThat(catchThrowableOfType(StoreException.class, () -> SOMEWHERE.withPatience(Duration.ZERO)))
                .isNotNull();
    }

    @Test
    void a_secret_never_shows() {
        S3Location location = SOMEWHERE.withCredentials(new S3Credentials.Keys("AKIAEXAMPLE", "pl4nted"));
        assertThat(location.toString()).contains("AKIAEXAMPLE").doesNotContain("pl4nted");
    }

    @Test
    void a_profile_that_is_not_there_is_refused_at_once() {
        S3Location location =
                SOMEWHERE.withRegion("us-east-1").withCredentials(new S3Credentials.Profile("no-such-profile-here"));
        StoreException e = catchThrowableOfType(StoreException.class, () -> S3Store.open(location));
        assertThat(e.problem()).isEqualTo(DENIED);
        assertThat(e).hasMessage("no credentials for 's3://acme-backups/lifeboat'");
        assertThat(e.hint()).contains("no-such-profile-here");
    }

    @Test
    void no_credentials_anywhere_are_refused_at_once(@TempDir Path folder) {
        Map<String, String> nowhere = Map.of(
                "aws.sharedCredentialsFile", folder.resolve("none").toString(),
                "aws.configFile", folder.resolve("none").toString(),
                "aws.disableEc2Metadata", "true");
        nowhere.forEach(System::setProperty);
        try {
            StoreException e =
                    catchThrowableOfType(StoreException.class, () -> S3Store.open(SOMEWHERE.withRegion("us-east-1")));
            assertThat(e.problem()).isEqualTo(DENIED);
            assertThat(e).hasMessage("no credentials for 's3://acme-backups/lifeboat'");
            StoreException region = catchThrowableOfType(
                    StoreException.class,
                    () -> S3Store.open(SOMEWHERE.withCredentials(new S3Credentials.Keys("id", "secret"))));
            assertThat(region).hasMessage("nothing says in which region 's3://acme-backups/lifeboat' lies");
        } finally {
            nowhere.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void a_file_that_holds_no_certificates_is_refused(@TempDir Path folder) throws Exception {
        Path empty = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        StoreException e = catchThrowableOfType(
                StoreException.class,
                () -> S3Store.open(SOMEWHERE
                        .withRegion("us-east-1")
                        .withCredentials(new S3Credentials.Keys("id", "secret"))
                        .withAuthority(empty)));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining("ca.pem");
    }

    @Test
    void a_placement_is_missed_when_it_is_weaker() {
        Placement.Lock lock =
                new Placement.Lock(Placement.Lock.Mode.COMPLIANCE, java.time.Instant.parse("2030-01-01T00:00:00Z"));
        Placement asked = new Placement(Optional.of("STANDARD_IA"), Optional.of(lock), Map.of("kind", "daily"));
        assertThat(asked.missingIn(asked)).isEmpty();
        assertThat(asked.missingIn(new Placement(Optional.empty(), Optional.of(lock), asked.tags())))
                .contains("the storage class 'STANDARD_IA'");
        Placement.Lock weaker = new Placement.Lock(Placement.Lock.Mode.GOVERNANCE, lock.until());
        Placement.Lock shorter = new Placement.Lock(lock.mode(), lock.until().minusSeconds(60));
        for (Placement.Lock other : java.util.List.of(weaker, shorter)) {
            assertThat(asked.missingIn(new Placement(asked.storageClass(), Optional.of(other), asked.tags())))
                    .contains("the lock until 2030-01-01T00:00:00Z");
        }
        assertThat(asked.missingIn(new Placement(asked.storageClass(), asked.lock(), Map.of("kind", "weekly"))))
                .contains("the tag 'kind'");
    }
}
