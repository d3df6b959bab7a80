package dev.lifeboat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.lifeboat.activities.Repositories;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.workflows.connection.TemporalConnection;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no real server does on demand: its clock is minutes ahead or behind, and nobody waits for the minutes that pass. */
@Timeout(60)
class HealthTest {

    private static final String US = "lifeboat@db1:4711:0123456789ab";
    private static final Optional<String> UNSEEN = Optional.of("Temporal does not see this worker poll");
    private static final Duration LOOK = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private final Instant begin = Instant.now();
    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration passed = Duration.ZERO;
    private volatile Optional<Instant> polled = Optional.empty();
    private Server server;
    private TemporalConnection temporal;
    private Health health;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Pollers())
                .build()
                .start();
        temporal = TemporalConnection.toOwn("127.0.0.1:" + server.getPort());
        Settings settings = Settings.load(Files.writeString(folder.resolve("lifeboat.yml"), """
                repositories:
                  main: { url: "file:%s/main", recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdrwu63sqgy0wmj], shared: true }
                """.formatted(folder)));
        health = new Health(
                temporal,
                US,
                settings,
                new Repositories(settings, "db1", UnaryOperator.identity()),
                () -> passed.toNanos());
    }

    @AfterEach
    void stop() throws InterruptedException {
        temporal.close();
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT10M", "PT-10M", "PT-9000H"})
    void who_polls_is_seen_however_wrong_the_clock_of_the_server_is(Duration wrong) {
        ahead = wrong;
        for (int look = 0; look < 10; look++) {
            pass(LOOK);
            poll(Duration.ofSeconds(look * 7L));
            assertThat(health.get()).as("look %d", look).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT10M", "PT-10M", "PT9000H"})
    void who_stops_is_missed_after_three_minutes_however_wrong_the_clock_of_the_server_is(Duration wrong) {
        ahead = wrong;
        poll();
        assertThat(health.get()).isEmpty();
        pass(Duration.ofMinutes(2).plusSeconds(59));
        assertThat(health.get()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(health.get()).isEqualTo(UNSEEN);
        pass(Duration.ofHours(5));
        assertThat(health.get()).isEqualTo(UNSEEN);

        poll();
        assertThat(health.get()).isEmpty();
    }

    @Test
    void who_stopped_soon_after_the_last_look_is_missed_at_the_next_one() {
        poll();
        assertThat(health.get()).isEmpty();
        pass(Duration.ofSeconds(30));
        poll();
        pass(LOOK.minusSeconds(30));
        assertThat(health.get()).isEqualTo(UNSEEN);
    }

    @Test
    void who_stopped_soon_before_a_look_is_missed_three_minutes_after_its_last_poll() {
        poll();
        assertThat(health.get()).isEmpty();
        pass(Duration.ofMinutes(1));
        poll();
        pass(Duration.ofMinutes(2));
        assertThat(health.get()).isEmpty();
        pass(Duration.ofSeconds(59));
        assertThat(health.get()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(health.get()).isEqualTo(UNSEEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "PT-10M"})
    void a_clock_of_the_server_that_is_set_right_hides_nobody_who_polls_and_shows_nobody_who_stopped(Duration wrong) {
        ahead = wrong;
        poll();
        assertThat(health.get()).isEmpty();
        ahead = Duration.ZERO;
        for (int look = 0; look < 3; look++) {
            pass(LOOK);
            poll();
            assertThat(health.get()).as("look %d", look).isEmpty();
        }
        pass(Duration.ofMinutes(3));
        assertThat(health.get()).isEqualTo(UNSEEN);
    }

    @Test
    void who_is_not_named_is_not_seen() {
        assertThat(health.get()).isEqualTo(UNSEEN);
        poll();
        assertThat(health.get()).isEmpty();
        polled = Optional.empty();
        assertThat(health.get()).isEqualTo(UNSEEN);
    }

    @Test
    void a_server_that_is_gone_is_told_as_that() {
        server.shutdownNow();

        assertThat(health.get()).hasValueSatisfying(it -> assertThat(it).startsWith("Temporal does not answer ("));
    }

    private void pass(Duration time) {
        passed = passed.plus(time);
    }

    private void poll() {
        poll(Duration.ZERO);
    }

    private void poll(Duration ago) {
        polled = Optional.of(serverTime().minus(ago));
    }

    private Instant serverTime() {
        return begin.plus(passed).plus(ahead);
    }

    /** Another worker that polls all the time, and ours if it ever did. */
    private final class Pollers extends WorkflowServiceGrpc.WorkflowServiceImplBase {

        @Override
        public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
            answer.onNext(GetSystemInfoResponse.getDefaultInstance());
            answer.onCompleted();
        }

        @Override
        public void describeTaskQueue(
                DescribeTaskQueueRequest request, StreamObserver<DescribeTaskQueueResponse> answer) {
            DescribeTaskQueueResponse.Builder response = DescribeTaskQueueResponse.newBuilder()
                    .addPollers(poller("lifeboat@db2:4711:0123456789ab", serverTime()));
            polled.ifPresent(it -> response.addPollers(poller(US, it)));
            answer.onNext(response.build());
            answer.onCompleted();
        }

        private PollerInfo poller(String identity, Instant poll) {
            return PollerInfo.newBuilder()
                    .setIdentity(identity)
                    .setLastAccessTime(Timestamp.newBuilder()
                            .setSeconds(poll.getEpochSecond())
                            .setNanos(poll.getNano()))
                    .build();
        }
    }
}
