package dev.lifeboat.repository.store;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real versitygw, an S3 service that keeps objects as plain files: a test can reach the stored bytes. */
public final class TestVersitygw implements TestS3 {

    /** Planted: it must never be seen in a message. */
    private static final S3Credentials.Keys KEYS = new S3Credentials.Keys("versity-root", "pl4nted-versity-secret");

    private final TestServer server;
    private final String scheme;

    private TestVersitygw(TestServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
    }

    public static TestVersitygw start() {
        return start("http", List.of());
    }

    /** With TLS; {@code certificate} and {@code key} are PEM files. */
    public static TestVersitygw start(Path certificate, Path key) {
        return start("https", List.of("--cert", certificate.toString(), "--key", key.toString()));
    }

    private static TestVersitygw start(String scheme, List<String> more) {
        Path program = TestServer.program("versitygw", "versitygw");
        TestServer server = TestServer.start(
                (folder, address) -> {
                    List<String> command = new ArrayList<>(List.of(program.toString(), "--port", address, "--quiet"));
                    command.addAll(more);
                    command.addAll(List.of(
                            "--iam-dir",
                            Files.createDirectory(folder.resolve("users")).toString(),
                            "posix",
                            "--versioning-dir",
                            Files.createDirectory(folder.resolve("versions")).toString(),
                            Files.createDirectory(folder.resolve("root")).toString()));
                    return command;
                },
                Map.of("ROOT_ACCESS_KEY", KEYS.id(), "ROOT_SECRET_KEY", KEYS.secret()));
        return new TestVersitygw(server, scheme);
    }

    /** Where the objects of a bucket lie as files. */
    public Path files(String bucket) {
        return server.folder().resolve("root").resolve(bucket);
    }

    /** As a machine without power. */
    public void kill() {
        server.kill();
    }

    public void startAgain() {
        server.startAgain();
    }

    @Override
    public URI endpoint() {
        return URI.create("%s://127.0.0.1:%d".formatted(scheme, server.port()));
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
