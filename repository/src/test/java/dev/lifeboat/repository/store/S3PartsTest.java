package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;

@Timeout(60)
final class S3PartsTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private HttpServer server;
    private S3Location location;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("ETag", "\"abc\"");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        location = S3Location.of("s3://acme-backups/lifeboat")
                .withRegion("us-east-1")
                .withEndpoint(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), true)
                .withCredentials(new S3Credentials.Keys("AKIAEXAMPLE", "secret"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void no_part_is_larger_than_64_MiB() {
        assertThat(S3Part.size(1_000)).isEqualTo(16 * MEBIBYTE);
        assertThat(List.of(1_001, 2_001, 4_001, 10_000))
                .allSatisfy(number -> assertThat(S3Part.size(number)).isEqualTo(64 * MEBIBYTE));
    }

    @Test
    void what_does_not_fit_into_all_parts_is_refused_in_words() {
        S3Parts parts = parts(S3Clients.http(location), new UploadMemory(0));
        StoreException e = catchThrowableOfType(StoreException.class, () -> parts.begin(10_001));
        assertThat(e.problem()).isEqualTo(UNSUITABLE);
        assertThat(e)
                .hasMessage(
                        "'s3://acme-backups/lifeboat/a' is larger than 578 GiB, which is the most that one S3 object"
                                + " of this version can be");
    }

    @Test
    void an_upload_without_memory_goes_on_one_part_at_a_time() {
        UploadMemory memory = new UploadMemory(16L * MEBIBYTE);
        memory.take(16L * MEBIBYTE);
        S3Parts parts = parts(S3Clients.http(location), memory);
        for (int number = 1; number <= 5; number++) {
            S3Part part = parts.begin(number);
            assertThat(memory.taken()).isEqualTo(32L * MEBIBYTE);
            part.take(new byte[1000], 0, 1000);
            parts.send(part);
        }
        assertThat(parts.finish()).extracting(CompletedPart::partNumber).containsExactly(1, 2, 3, 4, 5);
        parts.stop();
        assertThat(memory.taken()).isEqualTo(16L * MEBIBYTE);
    }

    @Test
    void the_part_that_was_being_filled_is_given_back_when_the_upload_is_given_up() {
        UploadMemory memory = new UploadMemory(160L * MEBIBYTE);
        S3Parts parts = parts(S3Clients.http(location), memory);
        parts.begin(1);
        assertThat(memory.taken()).isEqualTo(16L * MEBIBYTE);
        parts.stop();
        assertThat(memory.taken()).isZero();
    }

    @Test
    void a_part_that_broke_off_with_an_error_is_not_left_out_in_silence() {
        S3Parts parts = parts(new Breaking(), new UploadMemory(160L * MEBIBYTE));
        parts.send(parts.begin(1));
        StoreException e = catchThrowableOfType(StoreException.class, parts::finish);
        assertThat(e.problem()).isEqualTo(UNREACHABLE);
        assertThat(e).hasMessageContaining("broke off here").hasMessageContaining("no more heap");
    }

    @Test
    void a_part_that_was_never_sent_is_missed() {
        S3Parts parts = parts(S3Clients.http(location), new UploadMemory(160L * MEBIBYTE));
        parts.begin(1);
        assertThat(catchThrowableOfType(StoreException.class, parts::finish))
                .hasMessage("only 0 of 1 parts of 's3://acme-backups/lifeboat/a' were sent");
    }

    private S3Parts parts(SdkHttpClient http, UploadMemory memory) {
        S3Bucket bucket = new S3Bucket(S3Clients.open(location, http), location);
        return new S3Parts(S3Writing.of(bucket, new Key("a"), Placement.NONE), "id", memory);
    }

    private static final class Breaking implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            throw new OutOfMemoryError("no more heap");
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }
}
