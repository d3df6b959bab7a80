package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.TestToxiproxy.Direction.DOWNSTREAM;
import static dev.lifeboat.repository.store.TestToxiproxy.Direction.UPSTREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real service behind a line that fails. */
@Tag("slow")
final class S3LineTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A line that is not dead stands still for a second, too, where the machine is busy. */
    private static final Duration ON_A_LIVING_LINE = Duration.ofSeconds(10);

    private static final Key KEY = new Key("a/large");

    @AutoClose
    private static TestVersitygw server;

    @AutoClose
    private static TestToxiproxy line;

    private String bucket = "";

    @BeforeAll
    static void start() {
        server = TestVersitygw.start();
        line = TestToxiproxy.before(server.endpoint());
    }

    @BeforeEach
    void makeBucket() {
        bucket = server.makeBucket();
    }

    @AfterEach
    void heal() {
        line.heal();
    }

    @Test
    void a_connection_that_is_cut_in_mid_part_is_made_anew() throws IOException {
        try (Upload upload = store().begin(KEY)) {
            upload.write(new byte[20 * MEBIBYTE]);
            line.cutAfter(UPSTREAM, 5 * MEBIBYTE);
            upload.write(new byte[10 * MEBIBYTE]);
            line.heal();
            upload.write(new byte[20 * MEBIBYTE]);
            upload.commit();
        }
        assertThat(near().list(KEY.child("none"))).isEmpty();
        assertThat(near().list(new Key("a"))).extracting(StoredObject::bytes).containsExactly(50L * MEBIBYTE);
    }

    @Test
    void a_line_that_never_carries_a_whole_part_leaves_no_object() throws IOException {
        StoreException e;
        try (Upload upload = store().begin(KEY)) {
            line.cutAfter(UPSTREAM, 5 * MEBIBYTE);
            upload.write(new byte[17 * MEBIBYTE]);
            e = catchThrowableOfType(StoreException.class, upload::commit);
            line.heal();
        }
        assertThat(e.problem()).isEqualTo(UNREACHABLE);
        assertThat(e).hasMessageContaining("s3://%s/a/large': the connection was cut".formatted(bucket));
        assertThat(near().isEmpty()).isTrue();
        assertThat(near().sweepUploads(new Key("a"), Instant.MAX)).isZero();
    }

    @Test
    void a_service_that_hangs_is_given_up() {
        S3Store store = store(PATIENCE);
        near().create(new Key("small"), "x".getBytes(UTF_8));
        line.silence();
        Instant start = Instant.now();
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.read(new Key("small")));
        assertThat(e.problem()).isEqualTo(UNREACHABLE);
        assertThat(e).hasMessageContaining("cannot read").hasMessageContaining("the service does not answer");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    /** Not behind the line, which would swallow the bytes: here nobody takes them, and the writing itself hangs. */
    @Test
    @Timeout(90)
    void a_service_that_takes_no_more_bytes_is_given_up() throws IOException {
        S3Store store = S3Store.open(server.location("s3://" + bucket).withPatience(PATIENCE));
        StoreException e;
        Instant start = Instant.now();
        try (Upload upload = store.begin(KEY)) {
            server.freeze();
            upload.write(new byte[16 * MEBIBYTE]);
            e = catchThrowableOfType(StoreException.class, upload::commit);
        } finally {
            server.thaw();
        }
        assertThat(e.problem()).isEqualTo(UNREACHABLE);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
        assertThat(near().isEmpty()).isTrue();
    }

    @Test
    void a_slow_line_is_not_a_dead_one() throws IOException {
        Duration patience = Duration.ofSeconds(3);
        try (Upload upload = store(patience).begin(KEY)) {
            line.slow(UPSTREAM, 2_500);
            Instant start = Instant.now();
            upload.write(new byte[32 * MEBIBYTE]);
            upload.commit();
            assertThat(Duration.between(start, Instant.now())).isGreaterThan(patience.multipliedBy(2));
        }
        assertThat(near().list(new Key("a"))).hasSize(1);
    }

    @Test
    void reading_goes_on_where_the_connection_was_cut() throws IOException {
        byte[] content = new byte[30 * MEBIBYTE];
        new java.util.Random(7).nextBytes(content);
        near().create(KEY, content);
        line.cutAfter(DOWNSTREAM, 4 * MEBIBYTE);
        try (InputStream in = store().open(KEY)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        try (InputStream in = store().open(KEY, 5, 20 * MEBIBYTE)) {
            byte[] part = in.readAllBytes();
            assertThat(part).hasSize(20 * MEBIBYTE);
            assertThat(part[part.length - 1]).isEqualTo(content[20 * MEBIBYTE + 4]);
        }
    }

    @Test
    void an_object_that_is_replaced_while_it_is_read_is_not_mixed() throws IOException {
        near().create(KEY, new byte[30 * MEBIBYTE]);
        line.cutAfter(DOWNSTREAM, 4 * MEBIBYTE);
        try (InputStream in = store().open(KEY)) {
            in.readNBytes(MEBIBYTE);
            near().delete(KEY);
            near().create(KEY, new byte[30 * MEBIBYTE + 1]);
            StoreException e = catchThrowableOfType(StoreException.class, in::readAllBytes);
            assertThat(e.problem()).isEqualTo(StoreException.Problem.DAMAGED);
            assertThat(e).hasMessageContaining("was replaced while it was read");
        }
    }

    @Test
    void an_address_where_nobody_listens_is_said_to_be_one() {
        line.down();
        Instant start = Instant.now();
        StoreException e = catchThrowableOfType(StoreException.class, () -> store().list(new Key("a")));
        assertThat(e.problem()).isEqualTo(UNREACHABLE);
        assertThat(e).hasMessageContaining("nobody listens there");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    /** Over the line. */
    private S3Store store() {
        return store(ON_A_LIVING_LINE);
    }

    private S3Store store(Duration patience) {
        return S3Store.open(server.location("s3://" + bucket)
                .withEndpoint(line.address("http"), true)
                .withPatience(patience));
    }

    /** Beside the line. */
    private S3Store near() {
        return S3Store.open(server.location("s3://" + bucket));
    }
}
