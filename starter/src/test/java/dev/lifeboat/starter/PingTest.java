package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.starter.terminal.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PingTest {

    @Test
    void an_address_may_be_kept_in_a_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ping"), "https://hc.example.com/abc\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(Ping.address("file:ping", folder.resolve("lifeboat.yml")))
                .isEqualTo(URI.create("https://hc.example.com/abc"));
        Files.writeString(file, "s3cret word");
        assertThatThrownBy(() -> Ping.address("file:ping", folder.resolve("lifeboat.yml")))
                .isInstanceOf(CommandException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_answer_that_never_ends_holds_nobody_up() throws IOException {
        HttpServer outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('1'); // and never the rest
            exchange.getResponseBody().flush();
        });
        outside.start();
        try {
            URI address = URI.create(
                    "http://127.0.0.1:%d/".formatted(outside.getAddress().getPort()));

            assertThat(Ping.send(address, Duration.ofSeconds(10))).contains("it does not end its answer");
        } finally {
            outside.stop(0);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void silence_is_said_in_words() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:%d/".formatted(silent.getLocalPort()));

            assertThat(Ping.send(address, Duration.ofSeconds(1))).contains("it does not answer");
        }
    }
}
