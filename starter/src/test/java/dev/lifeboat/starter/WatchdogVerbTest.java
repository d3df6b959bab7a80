package dev.lifeboat.starter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lifeboat.repository.verification.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verb on two copies of the golden repository, whose newest signed backup is old and stays it. */
class WatchdogVerbTest {

    private static final Path GOLDEN = Path.of("../repository/src/test/resources/golden");
    private static final String BACKUP = "orders-20261121T041500Z-gold";
    private static final String EVER = "9000d";

    @TempDir
    Path folder;

    private final AtomicInteger pings = new AtomicInteger();
    private HttpServer deadMan;
    private int answer = 200;

    @BeforeEach
    void set_up() throws IOException {
        copy("main");
        copy("far");
        writeSettings(Files.readString(GOLDEN.resolve("TEST-signing.public")).strip());
        deadMan = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        deadMan.createContext("/", exchange -> {
            pings.incrementAndGet();
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        deadMan.start();
    }

    @AfterEach
    void stop() {
        deadMan.stop(0);
    }

    @Test
    void a_young_backup_in_each_repository_is_good_and_pings() {
        Called called = watchdog(EVER);

        assertThat(called.exitCode()).as(called.err()).isZero();
        assertThat(called.out().lines()).hasSize(2).allMatch(it -> it.startsWith("PASS") && it.contains(BACKUP));
        assertThat(pings).hasValue(1);
    }

    @Test
    void an_old_one_ends_with_1_and_pings_nobody() {
        Called called = watchdog("1s");

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out().lines())
                .hasSize(2)
                .allMatch(it -> it.startsWith("FAIL"))
                .first()
                .asString()
                .contains("orders in main: the newest backup '" + BACKUP, "may be 0 min; make one now");
        assertThat(pings).hasValue(0);
    }

    @Test
    void one_bad_repository_beside_a_good_one_ends_with_1() throws IOException {
        Files.writeString(folder.resolve("far/databases/orders/backups/" + BACKUP + "/manifest.json"), "{");

        Called called = watchdog(EVER);

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out()).contains("PASS         orders in main", "FAIL         orders in far: none of the");
    }

    @Test
    void empty_and_wrong_and_unreadable_are_three_troubles_with_three_messages() throws IOException {
        empty(folder.resolve("far"));
        Called empty = watchdog(EVER);
        Files.writeString(folder.resolve("far/somebody.txt"), "else");
        Called wrong = watchdog(EVER);
        empty(folder.resolve("far"));
        copy("far");
        empty(folder.resolve("far/databases"));
        Called without = watchdog(EVER);
        Called unlisted = watchdogOfBucketThatIsNotListed();

        assertThat(far(empty)).startsWith("FAIL").contains("'far' is empty: nothing at all lies in");
        assertThat(far(wrong)).startsWith("FAIL").contains("'far' holds no repository: other things lie in");
        assertThat(far(without)).startsWith("FAIL").contains("there is no backup of 'orders' in 'far'");
        assertThat(far(unlisted)).startsWith("INCONCLUSIVE").contains("'far' cannot be read or listed: ");
        assertThat(Stream.of(empty, wrong, without).map(Called::exitCode)).containsOnly(1);
        assertThat(unlisted.exitCode()).isEqualTo(3);
        assertThat(pings).hasValue(0);
    }

    @Test
    void a_folder_that_is_not_there_is_inconclusive_and_says_so() throws IOException {
        empty(folder.resolve("far"));
        Files.delete(folder.resolve("far"));

        Called called = watchdog(EVER);

        assertThat(called.exitCode()).isEqualTo(3);
        assertThat(far(called)).startsWith("INCONCLUSIVE").contains("does not exist");
    }

    @Test
    void a_signature_that_nobody_can_judge_is_inconclusive() throws IOException {
        writeSettings("");

        assertThat(watchdog(EVER).exitCode()).isEqualTo(3);
    }

    @Test
    void a_signature_of_somebody_else_does_not_count() throws IOException {
        writeSettings("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");

        Called called = watchdog(EVER);

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(far(called)).contains("none of the");
    }

    @Test
    void a_ping_that_nobody_hears_is_not_good() {
        answer = 500;

        Called called = watchdog(EVER);

        assertThat(called.exitCode()).isEqualTo(3);
        assertThat(called.err()).contains("the address of --ping was not reached: it answered with status 500");
    }

    @Test
    void json_says_the_same() {
        Called called = Called.in(folder, "watchdog", "--max-age", EVER, "--json");

        assertThat(called.json().at("/verdict").asText()).isEqualTo(Verdict.PASS.name());
        assertThat(called.json().at("/findings/1/repository").asText()).isEqualTo("far");
        assertThat(called.json().at("/findings/1/newest").asText()).isEqualTo(BACKUP);
        assertThat(called.json().at("/pinged").asBoolean()).isFalse();
    }

    @Test
    void nothing_to_watch_is_not_good() throws IOException {
        Files.writeString(
                folder.resolve("lifeboat.yml"),
                "repositories: { main: { url: \"file:main\", recipients: [%s] } }".formatted(recipient()));

        assertThat(Called.in(folder, "watchdog").exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"26", "h", "0h", "26 h", "-1h", "26w"})
    void an_age_without_a_unit_is_refused(String age) {
        assertThat(Called.in(folder, "watchdog", "--max-age", age).exitCode()).isEqualTo(2);
    }

    @Test
    void an_unknown_database_and_an_address_that_is_none_are_refused() {
        assertThat(Called.in(folder, "watchdog", "--database", "ordres").exitCode())
                .isEqualTo(2);
        assertThat(Called.in(folder, "watchdog", "--ping", "file:/etc/passwd").exitCode())
                .isEqualTo(2);
        assertThat(pings).hasValue(0);
    }

    private Called watchdog(String maxAge) {
        String address =
                "http://127.0.0.1:%d/abc".formatted(deadMan.getAddress().getPort());
        return Called.in(folder, "watchdog", "--max-age", maxAge, "--ping", address);
    }

    @Test
    void a_secret_that_is_not_there_hides_one_repository_and_not_the_others() throws IOException {
        String settings = Files.readString(folder.resolve("lifeboat.yml"));
        Files.writeString(
                folder.resolve("lifeboat.yml"),
                settings.replace(
                        "url: \"file:far\"",
                        "url: \"s3://bucket/far\", region: eu-central-1, credentials: { read: { access-key: file:gone.key, secret-key: file:gone.key } }"));

        Called called = watchdog(EVER);

        assertThat(called.exitCode()).isEqualTo(3);
        assertThat(called.out()).contains("PASS         orders in main");
        assertThat(far(called)).startsWith("INCONCLUSIVE").contains("gone.key");
    }

    private Called watchdogOfBucketThatIsNotListed() throws IOException {
        byte[] repository = Files.readAllBytes(folder.resolve("main/repository.json"));
        deadMan.createContext("/bucket", exchange -> {
            boolean read = exchange.getRequestURI().getPath().endsWith("/repository.json");
            byte[] body = read ? repository : "<Error><Code>AccessDenied</Code></Error>".getBytes(UTF_8);
            exchange.sendResponseHeaders(read ? 200 : 403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        Path key = Files.writeString(folder.resolve("key"), "key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String settings = Files.readString(folder.resolve("lifeboat.yml"));
        Files.writeString(
                folder.resolve("lifeboat.yml"),
                settings.replace(
                        "url: \"file:far\"",
                        "url: \"s3://bucket/far\", endpoint: \"http://127.0.0.1:%d\", credentials: { read: { access-key: file:key, secret-key: file:key } }"
                                .formatted(deadMan.getAddress().getPort())));
        return watchdog(EVER);
    }

    private static String far(Called called) {
        return called.out()
                .lines()
                .filter(it -> it.contains(" in far: "))
                .findFirst()
                .orElse(called.err());
    }

    private void writeSettings(String trusted) throws IOException {
        Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:main", recipients: [%s] }
                  far: { url: "file:far", recipients: [%s] }
                signing: { trusted: [%s] }
                databases:
                  orders: { url: "postgresql://nobody@127.0.0.1:1/orders", backup: { to: [main, far] } }
                """.formatted(recipient(), recipient(), trusted));
    }

    private static String recipient() throws IOException {
        return Files.readString(GOLDEN.resolve("TEST-identity.txt"))
                .lines()
                .filter(it -> it.contains("age1"))
                .map(it -> it.substring(it.indexOf("age1")).strip())
                .findFirst()
                .orElseThrow();
    }

    private void copy(String name) throws IOException {
        Path from = GOLDEN.resolve("repository");
        Path to = folder.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (java.nio.file.DirectoryNotEmptyException there) {
            throw new UncheckedIOException(there);
        }
    }

    private static void empty(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(root)) {
                    Files.delete(file);
                }
            }
        }
    }
}
