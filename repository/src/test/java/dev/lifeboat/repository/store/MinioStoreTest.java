package dev.lifeboat.repository.store;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

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
}
