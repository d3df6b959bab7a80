package dev.lifeboat.repository.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services that ignored how an object was to be kept, asked about it later. */
final class S3KeptTest {

    private HttpServer server;
    private S3Store store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        store = S3Store.open(S3Location.of("s3://acme-backups/lifeboat")
                .withRegion("us-east-1")
                .withEndpoint(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), true)
                .withCredentials(new S3Credentials.Keys("AKIAEXAMPLE", "secret")));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_was_there_is_not_content_without_its_lock() {
        AtomicInteger tags = new AtomicInteger();
        server.createContext("/", exchange -> {
            boolean tagging =
                    String.valueOf(exchange.getRequestURI().getQuery()).contains("tagging");
            tags.addAndGet(tagging ? 1 : 0);
            exchange.sendResponseHeaders(tagging ? 501 : 200, -1);
            exchange.close();
        });
        Placement.Lock lock = new Placement.Lock(Placement.Lock.Mode.GOVERNANCE, Instant.parse("2030-01-01T00:00:00Z"));
        Placement locked = new Placement(Optional.empty(), Optional.of(lock), Map.of());
        assertThat(catchThrowableOfType(StoreException.class, () -> store.checkKept(new Key("a"), locked)))
                .hasMessageContaining("without the lock until 2030-01-01T00:00:00Z");
        assertThat(tags).hasValue(0); // some services have none to be asked for
        store.checkKept(new Key("a"));
    }

    @Test
    void what_was_there_keeps_the_lock_of_its_own_time_and_may_have_moved() {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("x-amz-object-lock-mode", "GOVERNANCE");
            exchange.getResponseHeaders().add("x-amz-object-lock-retain-until-date", "2029-12-01T00:00:00Z");
            exchange.getResponseHeaders().add("x-amz-storage-class", "GLACIER");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        Instant until = Instant.parse("2030-01-01T00:00:00Z");
        store.checkKept(
                new Key("a"),
                new Placement(
                        Optional.of("STANDARD_IA"),
                        Optional.of(new Placement.Lock(Placement.Lock.Mode.GOVERNANCE, until)),
                        Map.of()));
        Placement harder = new Placement(
                Optional.empty(), Optional.of(new Placement.Lock(Placement.Lock.Mode.COMPLIANCE, until)), Map.of());
        assertThat(catchThrowableOfType(StoreException.class, () -> store.checkKept(new Key("a"), harder)))
                .isNotNull();
    }

    @Test
    void a_mark_is_newer_than_what_it_deletes_also_in_the_same_second() {
        for (String time : List.of("2026-11-22T02:00:06.000Z", "2026-11-22T02:00:05.995Z")) {
            versions("""
                    <Version><Key>lifeboat/a</Key><VersionId>second</VersionId><IsLatest>false</IsLatest>
                      <LastModified>2026-11-22T02:00:06.000Z</LastModified><Size>2</Size></Version>
                    <Version><Key>lifeboat/a</Key><VersionId>first</VersionId><IsLatest>false</IsLatest>
                      <LastModified>2026-11-22T02:00:05.000Z</LastModified><Size>1</Size></Version>
                    <DeleteMarker><Key>lifeboat/a</Key><VersionId>mark</VersionId><IsLatest>true</IsLatest>
                      <LastModified>%s</LastModified></DeleteMarker>
                    <DeleteMarker><Key>lifeboat/a</Key><VersionId>earlier</VersionId><IsLatest>false</IsLatest>
                      <LastModified>2026-11-22T02:00:05.000Z</LastModified></DeleteMarker>""".formatted(time));
            assertThat(store.versions(new Key("a")))
                    .extracting(StoredVersion::id)
                    .containsExactly("mark", "second", "earlier", "first");
            server.removeContext("/");
        }
    }

    private void versions(String listed) {
        byte[] answer = "<ListVersionsResult><IsTruncated>false</IsTruncated>%s</ListVersionsResult>"
                .formatted(listed)
                .getBytes(UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
    }
}
