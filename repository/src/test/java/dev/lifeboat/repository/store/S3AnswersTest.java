package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** Answers that Amazon gives and that no service on this machine can be brought to give. */
final class S3AnswersTest {

    private static final String SECRET = "pl4nted-secret-key";

    private final AtomicInteger asked = new AtomicInteger();
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
                .withCredentials(new S3Credentials.Keys("AKIAEXAMPLE", SECRET)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | InvalidAccessKeyId           | DENIED      | the service does not know the access key
            403 | SignatureDoesNotMatch        | DENIED      | the secret does not belong to the access key
            400 | ExpiredToken                 | DENIED      | the credentials have expired
            403 | AccessDenied                 | DENIED      | access is denied (AccessDenied, status 403)
            404 | NoSuchBucket                 | UNSUITABLE  | there is no such bucket
            403 | InvalidObjectState           | UNSUITABLE  | the object lies in a cold storage class
            501 | NotImplemented               | UNSUITABLE  | the service refused it (NotImplemented, status 501)
            400 | InvalidArgument              | UNSUITABLE  | the service refused it (InvalidArgument, status 400)
            500 | InternalError                | UNREACHABLE | the service is overloaded or in trouble (InternalError, status 500)
            400 | RequestTimeout               | UNREACHABLE | not all bytes arrived in time
            400 | IncompleteBody               | UNREACHABLE | not all bytes arrived in time
            408 | Slow                         | UNREACHABLE | the service is overloaded or in trouble (Slow, status 408)
            507 | XMinioStorageFull            | FULL        | no room is left
            """)
    void answers_are_said_in_words(int status, String code, StoreException.Problem problem, String words) {
        answer(status, code, "some text", Map.of());
        StoreException e = refused();
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e).hasMessage("cannot read 's3://acme-backups/lifeboat/a/b': " + words);
        assertThat(e.hint()).isNotBlank();
        assertNoSecret(e);
    }

    @ParameterizedTest
    @MethodSource
    void only_a_bad_certificate_is_said_to_be_not_trusted(SSLException cause, StoreException.Problem problem) {
        SdkClientException e = SdkClientException.create("no answer", cause);
        assertThat(ConnectionProblems.in(S3Action.READ, "s3://acme-backups", e).problem())
                .isEqualTo(problem);
    }

    static Stream<Arguments> only_a_bad_certificate_is_said_to_be_not_trusted() {
        return Stream.of(
                Arguments.of(new SSLException("Connection reset"), UNREACHABLE),
                Arguments.of(new SSLHandshakeException("Remote host terminated the handshake"), UNREACHABLE),
                Arguments.of(new SSLException("bad", new CertificateException("no name matches")), UNSUITABLE),
                Arguments.of(new SSLException("bad", new CertPathValidatorException("expired")), UNSUITABLE),
                Arguments.of(new SSLPeerUnverifiedException("another host"), UNSUITABLE));
    }

    @Test
    void a_denial_names_the_right_that_is_missing() {
        answer(403, "AccessDenied", "Access Denied", Map.of());
        assertThat(refused().hint()).contains("s3:GetObject");
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.create(new Key("c"), new byte[1]));
        assertThat(e).hasMessageContaining("cannot write 's3://acme-backups/lifeboat/c'");
        assertThat(e.hint()).contains("s3:PutObject");
    }

    @Test
    void an_overloaded_service_is_asked_again_and_then_given_up() {
        answer(503, "SlowDown", "Please reduce your request rate.", Map.of());
        StoreException e = refused();
        assertThat(e.problem()).isEqualTo(UNREACHABLE);
        assertThat(e).hasMessageContaining("overloaded or in trouble (SlowDown, status 503)");
        assertThat(asked).hasValue(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            409 | ConditionalRequestConflict | UNREACHABLE | somebody else writes it at this very moment
            409 | ExistingObjectIsDirectory  | UNSUITABLE  | the service refused it (ExistingObjectIsDirectory, status 409)
            400 | IncompleteBody             | UNREACHABLE | not all bytes arrived in time
            """)
    void what_may_come_of_another_request_beside_it_is_tried_again(
            int status, String code, StoreException.Problem problem, String words) {
        answer(status, code, "some text", Map.of());
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.create(new Key("c"), new byte[1]));
        assertThat(asked).hasValue(5);
        assertThat(e.problem()).as("but what stays is said").isEqualTo(problem);
        assertThat(e).hasMessageContaining(words);
    }

    @Test
    void another_region_is_named() {
        answer(301, "PermanentRedirect", "Use another endpoint", Map.of("x-amz-bucket-region", "eu-central-1"));
        StoreException redirected = refused();
        assertThat(redirected.problem()).isEqualTo(UNSUITABLE);
        assertThat(redirected).hasMessageContaining("the bucket lies in region 'eu-central-1'");
        assertThat(redirected.hint()).isEqualTo("write region: eu-central-1.");

        answer(400, "AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong; expecting 'us-west-2'", Map.of());
        assertThat(refused()).hasMessageContaining("the bucket lies in region 'us-west-2'");
    }

    /** With a server of its own, because the JDK's puts the right time into every answer. */
    @Test
    void a_wrong_clock_is_said_with_the_difference() throws Exception {
        String there = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().minusSeconds(47 * 60).atOffset(ZoneOffset.UTC));
        String body = body("RequestTimeTooSkewed", "The difference is too large.");
        String answer = "HTTP/1.1 403 Forbidden\r\nDate: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(there, body.length(), body);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAll(listener, answer));
            StoreException e = catchThrowableOfType(
                    StoreException.class, () -> at(listener.getLocalPort()).read(new Key("a")));
            assertThat(e.problem()).isEqualTo(DENIED);
            assertThat(e).hasMessageContaining("this machine's clock differs by 47 minutes from the service's");
        }
    }

    @Test
    void the_bytes_of_another_service_that_keeps_no_checksums_are_taken_as_they_are() {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"abc\"");
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("bytes".getBytes(UTF_8));
            exchange.close();
        });
        assertThat(store.read(new Key("a")))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("bytes"));
    }

    /** A proxy that knows nothing of ranges answers with the whole, or with what it has. */
    @ParameterizedTest
    @ValueSource(strings = {"", "bytes 0-4/5", "bytes 2-6/7"})
    void another_part_than_was_asked_for_is_refused(String range) {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"abc\"");
            if (!range.isEmpty()) {
                exchange.getResponseHeaders().add("Content-Range", range);
            }
            exchange.sendResponseHeaders(range.isEmpty() ? 200 : 206, 5);
            exchange.getResponseBody().write("bytes".getBytes(UTF_8));
            exchange.close();
        });
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.open(new Key("a"), 2, 3));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e).hasMessageContaining("'s3://acme-backups/lifeboat/a' was answered with");
    }

    /** Only the address is looked at: nobody knows the name here. */
    @ParameterizedTest
    @CsvSource({
        "true, minio.example.com, /acme-backups/lifeboat/a",
        "false, acme-backups.minio.example.com, /lifeboat/a"
    })
    void a_bucket_is_named_in_the_path_or_in_the_host(boolean inPath, String host, String path) {
        S3Location location = S3Location.of("s3://acme-backups/lifeboat")
                .withRegion("auto")
                .withEndpoint(URI.create("https://minio.example.com"), inPath)
                .withCredentials(new S3Credentials.Keys("AKIAEXAMPLE", SECRET));
        AtomicReference<URI> seen = new AtomicReference<>();
        SdkHttpClient nowhere = new Recorder(seen);
        S3Store recorded = new S3Store(new S3Bucket(S3Clients.open(location, nowhere), location));
        assertThat(catchThrowableOfType(StoreException.class, () -> recorded.read(new Key("a"))))
                .isNotNull();
        assertThat(seen.get().getHost()).isEqualTo(host);
        assertThat(seen.get().getPath()).isEqualTo(path);
    }

    private record Recorder(AtomicReference<URI> seen) implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            seen.set(request.httpRequest().getUri());
            throw SdkClientException.create("this test has no network");
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }

    private StoreException refused() {
        return catchThrowableOfType(StoreException.class, () -> store.read(new Key("a/b")));
    }

    private void answer(int status, String code, String text, Map<String, String> headers) {
        String body = body(code, text);
        try {
            server.removeContext("/");
        } catch (IllegalArgumentException e) {
            // the first answer of this test
        }
        server.createContext("/", exchange -> reply(exchange, status, body, headers));
    }

    private void reply(HttpExchange exchange, int status, String body, Map<String, String> headers) throws IOException {
        asked.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static S3Store at(int port) {
        return S3Store.open(S3Location.of("s3://acme-backups/lifeboat")
                .withRegion("us-east-1")
                .withEndpoint(URI.create("http://127.0.0.1:" + port), true)
                .withCredentials(new S3Credentials.Keys("AKIAEXAMPLE", SECRET)));
    }

    private static String body(String code, String text) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>%s</Code><Message>%s</Message><RequestId>R1</RequestId></Error>""".formatted(code, text);
    }

    private static void answerAll(ServerSocket listener, String answer) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                BufferedReader request = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
                    // the request does not matter
                }
                socket.getOutputStream().write(answer.getBytes(UTF_8));
            } catch (IOException e) {
                // the test is over, or the next one is answered
            }
        }
    }

    private static void assertNoSecret(StoreException e) {
        StringWriter all = new StringWriter();
        e.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(SECRET);
    }
}
