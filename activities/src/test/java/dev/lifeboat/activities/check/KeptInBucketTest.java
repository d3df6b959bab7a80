package dev.lifeboat.activities.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.activities.TestTools;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.store.TestVersitygw;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.model.RunName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a check finds in a real bucket that is told how to keep things. */
@Tag("slow")
class KeptInBucketTest {

    private static final RunName RUN = new RunName("check-all-20261121T031500Z-k3x9");

    private static TestVersitygw service;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        service = TestVersitygw.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_bucket_that_keeps_as_it_is_told_passes_and_its_probe_is_locked_for_a_minute() throws IOException {
        String bucket = service.makeLockedBucket();

        assertThat(write(bucket)).isNotEmpty().allMatch(it -> it.verdict() == Verdict.PASS);

        try (S3Client client = service.client()) {
            List<String> probes = client.listObjectsV2(it -> it.bucket(bucket).prefix("checks/")).contents().stream()
                    .map(S3Object::key)
                    .toList();
            assertThat(probes).hasSize(2);
            assertThat(probes)
                    .flatMap(probe -> lockedUntil(client, bucket, probe))
                    .singleElement()
                    .satisfies(until -> assertThat(until)
                            .isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(1))));
        }
    }

    private static List<Instant> lockedUntil(S3Client client, String bucket, String key) {
        try {
            return List.of(client.getObjectRetention(it -> it.bucket(bucket).key(key))
                    .retention()
                    .retainUntilDate());
        } catch (S3Exception notLocked) {
            return List.of();
        }
    }

    @Test
    void a_bucket_that_cannot_lock_fails_in_words() throws IOException {
        assertThat(write(service.makeBucket()))
                .filteredOn(it -> it.verdict() != Verdict.PASS)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.verdict()).isEqualTo(Verdict.FAIL);
                    assertThat(it.check()).isEqualTo("objects are kept as `storage-class` and `lock` say");
                    assertThat(it.detail()).containsIgnoringCase("lock");
                    assertThat(it.hint()).isNotEmpty();
                    assertThat(it.toString()).doesNotContain(service.keys().secret());
                });
    }

    private List<Finding> write(String bucket) throws IOException {
        TestTools setup = new TestTools(folder)
                .database("backup: { to: [main] }")
                .repository("""
                        shared: true
                          far:
                            url: "s3://%s"
                            endpoint: "%s"
                            credentials: { write: { access-key: %s, secret-key: %s } }
                            lock: governance
                            locked-for: 7d
                            "recipients": [%s, %s]\
                        """.formatted(
                                bucket,
                                service.endpoint(),
                                secret("id", service.keys().id()),
                                secret("secret", service.keys().secret()),
                                AgeKeys.generate().recipient(),
                                AgeKeys.generate().recipient()));
        return new TriedWriteCheckActivities(setup.tools()).repository(RUN, "far");
    }

    private String secret(String name, String text) throws IOException {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return "file:" + Files.writeString(file, text);
    }
}
