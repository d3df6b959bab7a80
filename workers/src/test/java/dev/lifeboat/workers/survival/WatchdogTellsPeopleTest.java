package dev.lifeboat.workers.survival;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the watchdog finds reaches people: from the command through its alarm process to a receiver, with no server. */
@Tag("survival")
@Timeout(900)
class WatchdogTellsPeopleTest {

    private static final Path GOLDEN =
            Path.of(System.getProperty("lifeboat.root"), "repository/src/test/resources/golden");

    /** The golden backup is old and stays it. */
    private static final String EVER = "9000d";

    /** So soon people have to know; the promise is five minutes. */
    private static final Duration SOON = Duration.ofMinutes(3);

    private final Path folder = TestFolders.make();
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private HttpServer web;
    private volatile int answer = 200;

    @BeforeEach
    void listen() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/hook", exchange -> {
            told.add(new JsonMapper().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        web.createContext("/bucket", WatchdogTellsPeopleTest::readButNotList);
        web.start();
        TestFolders.writePrivate(folder.resolve("hook"), address("/hook/T0ken") + "\n");
        TestFolders.writePrivate(folder.resolve("key"), "key\n");
    }

    @AfterEach
    void stop() {
        web.stop(0);
        TestFolders.remove(folder);
    }

    @Test
    void an_empty_store_is_told_at_once_as_one() {
        TestFolders.makePrivate(folder.resolve("store"));

        assertThat(watchdog("url: \"file:store\"")).isEqualTo(1);

        assertThat(onlyTold("P1")).contains("main: 'main' is empty: nothing at all lies in");
    }

    @Test
    void a_wrong_prefix_is_told_at_once_as_one() {
        TestFolders.makePrivate(folder.resolve("store"));
        TestFolders.writePrivate(folder.resolve("store/somebody.txt"), "else");

        assertThat(watchdog("url: \"file:store\"")).isEqualTo(1);

        assertThat(onlyTold("P1")).contains("main: 'main' holds no repository: other things lie in");
    }

    @Test
    void a_list_that_fails_is_told_at_once_as_one_with_no_right_but_to_read() {
        assertThat(watchdog("url: \"s3://bucket/far\", region: eu-central-1, endpoint: \"%s\", credentials: %s"
                        .formatted(address(""), "{ read: { access-key: file:key, secret-key: file:key } }")))
                .isEqualTo(3);

        assertThat(onlyTold("P2")).contains("main: 'main' cannot be read or listed: ");
    }

    @Test
    void what_is_good_is_told_to_nobody() throws IOException {
        copyGolden();

        assertThat(watchdog("url: \"file:store\"")).isZero();

        assertThat(told).isEmpty();
    }

    @Test
    void a_trouble_that_lasts_is_told_once_and_its_end_once() throws IOException {
        TestFolders.makePrivate(folder.resolve("store"));

        assertThat(watchdog("url: \"file:store\"")).isEqualTo(1);
        assertThat(watchdog("url: \"file:store\"")).isEqualTo(1);
        assertThat(told).hasSize(1);
        TestFolders.remove(folder.resolve("store"));
        copyGolden();
        assertThat(watchdog("url: \"file:store\"")).isZero();
        assertThat(watchdog("url: \"file:store\"")).isZero();

        assertThat(told).extracting(it -> it.path("over").booleanValue()).containsExactly(false, true);
        assertThat(told).extracting(it -> it.path("about").textValue()).containsOnly("watchdog/orders");
    }

    @Test
    void a_receiver_that_fails_is_said_on_the_terminal_once_and_the_next_call_tells_it() {
        TestFolders.makePrivate(folder.resolve("store"));
        answer = 500;

        configure("url: \"file:store\"");
        try (TestCommand command = typed()) {
            assertThat(command.exitCode()).as(command.said()).isEqualTo(1);
            assertThat(command.said())
                    .contains("about orders was not told, 'own': ")
                    .containsOnlyOnce("it answered 500");
        }
        answer = 200;
        told.clear();

        assertThat(watchdog("url: \"file:store\"")).isEqualTo(1);
        assertThat(onlyTold("P1")).contains("is empty");
    }

    private int watchdog(String repository) {
        configure(repository);
        Instant begin = Instant.now();
        try (TestCommand command = typed()) {
            int exitCode = command.exitCode();
            assertThat(command.said()).doesNotContain("could be told", "was not told", "\tat ", "T0ken");
            assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);
            return exitCode;
        }
    }

    private TestCommand typed() {
        return TestCommand.typeIn(
                folder,
                "watchdog",
                "--max-age",
                EVER,
                "--config",
                folder.resolve("lifeboat.yml").toString());
    }

    /** What was told, once. */
    private String onlyTold(String severity) {
        assertThat(told).hasSize(1);
        JsonNode word = told.getFirst();
        assertThat(word.path("severity").textValue()).isEqualTo(severity);
        assertThat(word.path("about").textValue()).isEqualTo("watchdog/orders");
        assertThat(word.path("over").booleanValue()).isFalse();
        assertThat(word.path("next").textValue()).as("the next move").isNotBlank();
        return word.path("happened").textValue();
    }

    // As on a machine of the watchdog's own: no password, no age key, no Temporal.
    private void configure(String repository) {
        TestFolders.writePrivate(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { %s, recipients: [%s] }
                signing: { trusted: [%s] }
                databases:
                  orders: { url: "postgresql://nobody@127.0.0.1:1/orders", backup: { to: [main] } }
                notify:
                  channels: { own: { webhook: "file:hook" } }
                  routes: { p1: { tell: [own] }, p2: { tell: [own] } }
                worker: { state: "state" }
                """.formatted(
                        repository, line("TEST-identity.txt", "age1"), line("TEST-signing.public", "")));
    }

    private static String line(String file, String begin) {
        return TestFolders.lines(GOLDEN.resolve(file)).stream()
                .filter(it -> it.contains(begin))
                .map(it -> it.substring(it.indexOf(begin)).strip())
                .findFirst()
                .orElseThrow();
    }

    private void copyGolden() throws IOException {
        Path from = GOLDEN.resolve("repository");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        folder.resolve("store").resolve(from.relativize(file).toString()));
            }
        }
    }

    private String address(String path) {
        return "http://127.0.0.1:%d%s".formatted(web.getAddress().getPort(), path);
    }

    private static void readButNotList(HttpExchange exchange) throws IOException {
        boolean read = exchange.getRequestURI().getPath().endsWith("/repository.json");
        byte[] body = read
                ? Files.readAllBytes(GOLDEN.resolve("repository/repository.json"))
                : "<Error><Code>AccessDenied</Code></Error>".getBytes(UTF_8);
        exchange.sendResponseHeaders(read ? 200 : 403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
