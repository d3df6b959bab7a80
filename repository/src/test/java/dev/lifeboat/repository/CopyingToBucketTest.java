package dev.lifeboat.repository;

import dev.lifeboat.repository.store.S3Store;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.TestVersitygw;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** From a folder to a bucket; the backup that comes home goes the other way. */
@Tag("slow")
final class CopyingToBucketTest extends CopyingTest {

    @AutoClose
    private static TestVersitygw server;

    @BeforeAll
    static void start() {
        server = TestVersitygw.start();
    }

    @Override
    Store far(Path folder) {
        return S3Store.open(server.location("s3://" + server.makeBucket() + "/lifeboat"));
    }
}
