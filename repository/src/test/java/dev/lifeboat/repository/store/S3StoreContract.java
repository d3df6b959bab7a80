package dev.lifeboat.repository.store;

import org.junit.jupiter.api.BeforeEach;

/** What an S3 service promises beyond what every store does. */
abstract class S3StoreContract extends StoreContract {

    private String bucket;
    private S3Store store;

    abstract TestS3 server();

    /** The bucket itself or a folder in it. */
    abstract S3Location location(String bucket);

    @BeforeEach
    void makeBucket() {
        bucket = server().makeBucket();
        store = S3Store.open(location(bucket));
    }

    @Override
    final S3Store store() {
        return store;
    }
}
