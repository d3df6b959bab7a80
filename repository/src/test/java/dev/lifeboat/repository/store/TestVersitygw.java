package dev.lifeboat.repository.store;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real versitygw, an S3 service that keeps objects as plain files: a test can reach the stored bytes. */
public final class TestVersitygw implements TestS3 {

    /** Planted: it must never be seen in a message. */
    private static final S3Credentials.Keys KEYS = new S3Credentials.Keys("versity-root", "pl4nted-versity-secret");

    private final TestServer server;
    private final Optional<TestCertificate> certificate;

    private TestVersitygw(TestServer server, Optional<TestCertificate> certificate) {
        this.server = server;
        this.certificate = certificate;
    }

    public static TestVersitygw start() {
        return start(Optional.empty());
    }

    /** With TLS. */
    public static TestVersitygw start(TestCertificate certificate) {
        return start(Optional.of(certificate));
    }

    private static TestVersitygw start(Optional<TestCertificate> certificate) {
        Path program = TestServer.program("versitygw", "versitygw");
        TestServer server = TestServer.start(
                (folder, address) -> {
                    List<String> command = new ArrayList<>(List.of(program.toString(), "--port", address, "--quiet"));
                    certificate.ifPresent(it -> command.addAll(List.of(
                            "--cert",
                            it.certificate().toString(),
                            "--key",
                            it.key().toString())));
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
        return new TestVersitygw(server, certificate);
    }

    /** Somebody who may do what bucket policies allow, and nothing else. */
    public S3Credentials.Keys makeUser(String name) {
        S3Credentials.Keys user = new S3Credentials.Keys(name, "pl4nted-secret-of-" + name);
        List<String> command = List.of(
                TestServer.program("versitygw", "versitygw").toString(),
                "admin",
                "--endpoint-url",
                endpoint().toString(),
                "--allow-insecure",
                "create-user",
                "--access",
                user.id(),
                "--secret",
                user.secret(),
                "--role",
                "user");
        try {
            ProcessBuilder admin = new ProcessBuilder(command).redirectErrorStream(true);
            admin.environment().putAll(Map.of("ADMIN_ACCESS_KEY", KEYS.id(), "ADMIN_SECRET_KEY", KEYS.secret()));
            Process process = admin.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return user;
    }

    /** Where the objects of a bucket lie as files. */
    public Path files(String bucket) {
        return server.folder().resolve("root").resolve(bucket);
    }

    /** As a machine without power. */
    public void kill() {
        server.kill();
    }

    /** It keeps its connections and does nothing any more, until it is thawed. */
    public void freeze() {
        server.freeze();
    }

    public void thaw() {
        server.thaw();
    }

    public void startAgain() {
        server.startAgain();
    }

    @Override
    public URI endpoint() {
        return URI.create("%s://127.0.0.1:%d".formatted(certificate.isPresent() ? "https" : "http", server.port()));
    }

    @Override
    public S3Location location(String url) {
        S3Location location = TestS3.super.location(url);
        return certificate.map(it -> location.withAuthority(it.certificate())).orElse(location);
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
