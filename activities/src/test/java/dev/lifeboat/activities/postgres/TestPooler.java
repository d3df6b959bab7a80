package dev.lifeboat.activities.postgres;

import dev.lifeboat.repository.store.TestPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real pgbouncer with one connection to a test's server, gone when it is closed. */
final class TestPooler implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final Path folder;
    private final int port;
    private final Process process;

    private TestPooler(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** {@code mode} is {@code session} or {@code transaction}. */
    static TestPooler before(TestPostgres server, String mode) {
        String reason = "no pgbouncer here; Debian: apt-get install pgbouncer";
        if (!Files.isExecutable(PROGRAM) && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), reason);
        try {
            Path folder = Files.createTempDirectory("lifeboat-pgbouncer");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            int port = TestPort.free();
            Path settings = write(folder, port, server, mode);
            List<String> line = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                line.addAll(List.of("runuser", "-u", "postgres", "--")); // it refuses to run as root, too
            }
            line.addAll(List.of(PROGRAM.toString(), settings.toString()));
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            TestPooler pooler = new TestPooler(folder, port, process);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(pooler::answers);
            return pooler;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path folder, int port, TestPostgres server, String mode) throws IOException {
        Path users = Files.writeString(
                folder.resolve("users"), "\"%s\" \"%s\"\n".formatted(TestPostgres.USER, TestPostgres.PASSWORD));
        return Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s
                pool_mode = %s
                default_pool_size = 1
                """.formatted(server.port(), port, users, mode));
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
