package dev.lifeboat.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalBinaryTest {

    private static final String VENDOR = "io.temporal.testing.devServerDownloadBaseUrl";
    private static final String TEMPORAL = "#!/bin/sh\necho 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)'\n";

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void nobody_answers_for_the_vendor() {
        System.setProperty(VENDOR, "http://127.0.0.1:" + FreePort.any());
    }

    @AfterEach
    void forget_the_address() {
        System.clearProperty(VENDOR);
    }

    @Test
    void the_path_comes_before_our_own_folder() throws IOException {
        Path onPath = program("bin/temporal", TEMPORAL);
        program(".tools/temporal", TEMPORAL);

        assertThat(binary().find()).contains(onPath);
    }

    @Test
    void our_own_folder_comes_next() throws IOException {
        Path ours = program(".tools/temporal", TEMPORAL);

        assertThat(binary().findOrGet()).contains(ours);
    }

    @Test
    void another_program_of_that_name_is_passed_over_in_words() throws IOException {
        program("bin/temporal", "#!/bin/sh\necho 'Temporal Shell 3'\n");
        Path ours = program(".tools/temporal", TEMPORAL);

        assertThat(binary().find()).contains(ours);
        assertThat(said).anyMatch(line -> line.contains("is not Temporal's program (Temporal Shell 3)"));
    }

    @Test
    void what_is_not_here_is_fetched_from_the_vendor_and_kept() throws IOException {
        HttpServer vendor = vendor();
        try {
            assertThat(binary().findOrGet()).contains(folder.resolve(".tools/temporal"));
        } finally {
            vendor.stop(0);
        }
        assertThat(binary().find()).contains(folder.resolve(".tools/temporal"));
        assertThat(folder.resolve(".tools/download")).doesNotExist();
    }

    @Test
    void where_the_vendor_does_not_answer_go_builds_it() throws IOException {
        program("bin/go", """
                #!/bin/sh
                echo "$GOFLAGS $*" > "%s/asked"
                printf '%%s' "#!/bin/sh
                echo 'temporal version 1.5.1'" > "$GOBIN/temporal"
                chmod +x "$GOBIN/temporal"
                """.formatted(folder));

        assertThat(binary().findOrGet()).contains(folder.resolve(".tools/temporal"));
        assertThat(Files.readString(folder.resolve("asked")))
                .isEqualTo("-buildvcs=false install -ldflags -s -w github.com/temporalio/cli/cmd/temporal@v1.5.1\n");
        assertThat(said).anyMatch(line -> line.contains("this takes two to five minutes"));
    }

    @Test
    void a_build_that_fails_says_why() throws IOException {
        program("bin/go", "#!/bin/sh\necho 'no space left on device' >&2\nexit 1\n");

        assertThat(binary().findOrGet()).isEmpty();
        assertThat(said).contains("Temporal could not be built: no space left on device");
    }

    @Test
    void without_any_way_there_is_none() {
        assertThat(binary().findOrGet()).isEmpty();
        assertThat(said).anyMatch(line -> line.contains("the vendor's archive could not be fetched"));
    }

    private TemporalBinary binary() {
        return new TemporalBinary(folder, Map.of("PATH", folder.resolve("bin").toString()), said::add);
    }

    private HttpServer vendor() throws IOException {
        program("archive/temporal", TEMPORAL);
        Path archive = folder.resolve("archive.tar.gz");
        Program.Ended packed = Program.of(
                        "tar",
                        "czf",
                        archive.toString(),
                        "-C",
                        folder.resolve("archive").toString(),
                        "temporal")
                .run(Duration.ofSeconds(10));
        assertThat(packed.well()).isTrue();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        answer(server, "/archive.tar.gz", Files.readAllBytes(archive));
        answer(
                server,
                "/cli/" + TemporalBinary.VERSION,
                "{\"archiveUrl\":\"%s/archive.tar.gz\",\"fileToExtract\":\"temporal\"}"
                        .formatted(address)
                        .getBytes(StandardCharsets.UTF_8));
        server.start();
        System.setProperty(VENDOR, address);
        return server;
    }

    private static void answer(HttpServer server, String path, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private Path program(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve(".tools"));
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
