package dev.lifeboat.repository.store;

import java.net.URI;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 service on loopback, gone when it is closed. */
public interface TestS3 extends AutoCloseable {

    URI endpoint();

    /** What its first user knows, who may do everything. */
    S3Credentials.Keys keys();

    @Override
    void close();

    /** The place that {@code s3://bucket/folder} names there. */
    default S3Location location(String url) {
        return S3Location.of(url)
                .withRegion("us-east-1")
                .withEndpoint(endpoint(), true)
                .withCredentials(keys());
    }

    /** The service itself, for what a store does not offer. */
    default S3Client client() {
        return S3Clients.open(location("s3://any-bucket"));
    }

    /** A new bucket; its name. */
    default String makeBucket() {
        String name = "bucket-" + UUID.randomUUID();
        try (S3Client client = client()) {
            client.createBucket(bucket -> bucket.bucket(name));
        }
        return name;
    }

    /** A new bucket that keeps versions and locks; its name. */
    default String makeLockedBucket() {
        String name = "locked-" + UUID.randomUUID();
        try (S3Client client = client()) {
            client.createBucket(bucket -> bucket.bucket(name).objectLockEnabledForBucket(true));
        }
        return name;
    }
}
