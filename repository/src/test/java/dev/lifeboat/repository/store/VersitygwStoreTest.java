package dev.lifeboat.repository.store;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

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
}
