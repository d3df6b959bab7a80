package dev.lifeboat.workers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the watchdog found reaches a webhook, without Temporal. */
class AlarmTest {

    private static final String FINDINGS = """
            {"verdict": "FAIL", "findings": [
              {"database": "orders", "repository": "main", "verdict": "PASS", "words": "young", "hint": ""},
              {"database": "orders", "repository": "far", "verdict": "FAIL", "words": "47 h old", "hint": "make one"},
              {"database": "people", "repository": "main", "verdict": "INCONCLUSIVE", "words": "no answer", "hint": "start it"}
            ]}""";

    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private HttpServer webhook;
    private int answer = 200;

    @BeforeEach
    void listen() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        webhook.start();
        Path address = Files.writeString(
                folder.resolve("address"),
                "http://127.0.0.1:%d/abc".formatted(webhook.getAddress().getPort()));
        Files.setPosixFilePermissions(address, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories: { main: { url: "file:main", recipients: [age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq] } }
                notify: { channels: { ops: { webhook: file:address } }, routes: { p4: { tell: [ops] } } }
                """);
    }

    @AfterEach
    void close() {
        webhook.stop(0);
    }

    @Test
    void each_database_that_is_not_good_is_one_alarm() {
        assertThat(alarm()).isZero();

        assertThat(heard).hasSize(2);
        assertThat(heard.getFirst())
                .contains("P1", "watchdog/orders", "far: 47 h old", "make one")
                .doesNotContain("young");
        assertThat(heard.getLast()).contains("P2", "watchdog/people", "main: no answer");
    }

    @Test
    void an_alarm_that_nobody_took_is_none() {
        answer = 500;

        assertThat(alarm()).isEqualTo(1);
    }

    @Test
    void a_configuration_that_cannot_be_read_is_said_so() throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), "nothing: 1");

        assertThat(alarm()).isEqualTo(2);
        assertThat(heard).isEmpty();
    }

    private int alarm() {
        return new CommandLine(new Alarm(new ByteArrayInputStream(FINDINGS.getBytes(UTF_8))))
                .execute("--config", folder.resolve("lifeboat.yml").toString());
    }
}
