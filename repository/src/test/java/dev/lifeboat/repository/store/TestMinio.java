package dev.lifeboat.repository.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** A real MinIO, an S3 service that also encrypts, with a key of its own. */
public final class TestMinio implements TestS3 {

    /** Planted: it must never be seen in a message. */
    private static final S3Credentials.Keys KEYS = new S3Credentials.Keys("minio-root", "pl4nted-minio-secret");

    private final TestServer server;

    private TestMinio(TestServer server) {
        this.server = server;
    }

    public static TestMinio start() {
        Path program = TestServer.program("minio", "minio");
        TestServer server = TestServer.start(
                (folder, address) -> List.of(
                        program.toString(),
                        "server",
                        "--quiet",
                        "--address",
                        address,
                        folder.resolve("data").toString()),
                Map.of(
                        "MINIO_ROOT_USER",
                        KEYS.id(),
                        "MINIO_ROOT_PASSWORD",
                        KEYS.secret(),
                        "MINIO_KMS_SECRET_KEY",
                        "first:" + Base64.getEncoder().encodeToString(new byte[32]),
                        "MINIO_BROWSER",
                        "off",
                        "MINIO_UPDATE",
                        "off"));
        TestMinio minio = new TestMinio(server);
        minio.awaitReady();
        return minio;
    }

    // It listens first, and answers with 503 until it has its disks and its users.
    private void awaitReady() {
        try (S3Client client = client()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(SdkException.class)
                    .until(() -> client.listBuckets().sdkHttpResponse().isSuccessful());
        }
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public S3Credentials.Keys keys() {
        return KEYS;
    }

    @Override
    public void close() {
        server.close();
    }
}
