package dev.lifeboat.workers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.stream.Stream;
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
            ], "tell": [
              {"database": "orders", "kind": "BEGAN", "since": "2026-11-21T02:00:00Z", "worst": "FAIL"},
              {"database": "people", "kind": "REMINDER", "since": "2026-11-20T02:00:00Z", "worst": "INCONCLUSIVE"}
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
        assertThat(heard.getLast()).contains("P2", "watchdog/people", "REMINDER", "main: no answer");
    }

    @Test
    void that_it_is_over_goes_where_the_alarm_went() {
        String over = FINDINGS.replace("\"BEGAN\"", "\"OVER\"").replace("\"FAIL\", \"words\"", "\"PASS\", \"words\"");
        assertThat(alarm(over)).isZero();

        assertThat(heard.getFirst())
                .contains("\"about\":\"watchdog/orders\"", "\"over\":true", "is well again", "2026-11-21 02:00 UTC");
    }

    @Test
    void that_it_is_over_reaches_whoever_was_told_and_the_answer_names_who_heard_it() throws IOException {
        Path file = folder.resolve("lifeboat.yml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("routes:", "routes: { p4: { tell: [ops] } }, success: [ops] }\n#")
                        .replace(
                                "ops: { webhook: file:address }",
                                "ops: { webhook: file:address }, boss: { webhook: file:address }, gone: { webhook: file:nowhere }"));
        String over = FINDINGS.replace("\"BEGAN\"", "\"OVER\", \"again\": true, \"channels\": [\"boss\", \"gone\"]")
                .replace("\"FAIL\", \"words\"", "\"PASS\", \"words\"");
        Path answer = folder.resolve("answer");

        assertThat(alarm(over, "--answer", answer.toString())).isZero();

        JsonNode delivered = new JsonMapper().readTree(answer.toFile()).path("delivered");
        assertThat(delivered.at("/0/database").asText()).isEqualTo("orders");
        assertThat(delivered.at("/0/told").toString()).isEqualTo("[\"boss\"]");
        assertThat(delivered.at("/0/failed/0").asText()).startsWith("'gone': ");
        assertThat(delivered.at("/1/told").toString()).isEqualTo("[\"ops\"]");
    }

    @Test
    void what_was_told_before_is_not_told_again() {
        assertThat(alarm(FINDINGS.substring(0, FINDINGS.indexOf(", \"tell\"")) + "}"))
                .isZero();

        assertThat(heard).isEmpty();
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
        return alarm(FINDINGS);
    }

    private int alarm(String findings, String... more) {
        String[] config = {"--config", folder.resolve("lifeboat.yml").toString()};
        return new CommandLine(new Alarm(new ByteArrayInputStream(findings.getBytes(UTF_8))))
                .execute(Stream.of(config, more).flatMap(Stream::of).toArray(String[]::new));
    }
}
