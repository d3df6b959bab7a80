package dev.lifeboat.workers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.configuration.HttpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker says over HTTP, on real sockets. */
@Timeout(60)
class StatusServerTest {

    private static final HttpAddress ANY = new HttpAddress("127.0.0.1", 0);

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger figures = new AtomicInteger();
    private volatile Optional<String> illness = Optional.empty();
    private volatile Optional<String> hindrance = Optional.empty();

    @Test
    void tells_figures_health_and_readiness_and_nothing_else() throws Exception {
        try (StatusServer server = StatusServer.start(ANY, status())) {
            HttpResponse<String> metrics = ask(server, "/metrics");

            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.headers().firstValue("content-type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(metrics.body()).isEqualTo("figures 1\n");
            assertThat(ask(server, "/health").statusCode()).isEqualTo(200);
            assertThat(ask(server, "/ready").statusCode()).isEqualTo(200);
            assertThat(ask(server, "/").statusCode()).isEqualTo(404);
            assertThat(ask(server, "/beans").statusCode()).isEqualTo(404);
            assertThat(post(server, "/health").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void says_why_it_is_of_no_use_and_lives_all_the_same() throws Exception {
        hindrance = Optional.of("Temporal does not answer at 'db1:7233'");
        try (StatusServer server = StatusServer.start(ANY, status())) {
            HttpResponse<String> ready = ask(server, "/ready");

            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("Temporal does not answer at 'db1:7233'\n");
            assertThat(ask(server, "/health").statusCode()).isEqualTo(200);

            illness = Optional.of("stopping");
            assertThat(ask(server, "/health").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void an_answer_that_takes_long_holds_up_no_other() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        WorkerStatus slow = status(() -> {
            asked.countDown();
            answer.await();
            return Optional.empty();
        });
        try (StatusServer server = StatusServer.start(ANY, slow)) {
            var ready = client.sendAsync(request(server, "/ready").build(), HttpResponse.BodyHandlers.ofString());
            asked.await();

            assertThat(ask(server, "/metrics").statusCode()).isEqualTo(200);
            assertThat(ask(server, "/health").statusCode()).isEqualTo(200);
            answer.countDown();
            assertThat(ready.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoever_asks_without_a_pause_keeps_nobody_busy() throws Exception {
        AtomicInteger readiness = new AtomicInteger();
        WorkerStatus counted = status(() -> Optional.of("asked " + readiness.incrementAndGet()));
        try (StatusServer server = StatusServer.start(ANY, counted)) {
            long begin = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                ask(server, "/metrics");
                ask(server, "/ready");
            }
            int most = 1 + (int) Duration.ofNanos(System.nanoTime() - begin).dividedBy(Duration.ofSeconds(3));

            assertThat(figures).hasValueLessThanOrEqualTo(most);
            assertThat(readiness).hasValueLessThanOrEqualTo(most);
            assertThat(ask(server, "/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void an_answer_is_kept_for_three_seconds_and_worked_out_by_one_at_a_time() throws Exception {
        AtomicLong time = new AtomicLong();
        AtomicInteger worked = new AtomicInteger();
        AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
        CountDownLatch second = new CountDownLatch(1);
        Recent<Integer> recent = new Recent<>(
                () -> {
                    int number = worked.incrementAndGet();
                    if (number == 2) {
                        second.countDown();
                    }
                    await(gate.get());
                    return number;
                },
                time::get);

        assertThat(recent.get()).isEqualTo(1);
        time.addAndGet(Duration.ofMillis(2_999).toNanos());
        assertThat(recent.get()).isEqualTo(1);
        time.addAndGet(Duration.ofMillis(1).toNanos());
        gate.set(new CountDownLatch(1));
        CompletableFuture<Integer> working = CompletableFuture.supplyAsync(recent::get);
        second.await();
        assertThat(recent.get())
                .as("the last one, while the next is worked out")
                .isEqualTo(1);
        gate.get().countDown();
        assertThat(working.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(recent.get()).isEqualTo(2);
        assertThat(worked).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_port_that_is_taken_is_an_error_in_words() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpAddress taken = new HttpAddress("127.0.0.1", other.getLocalPort());

            assertThatThrownBy(() -> StatusServer.start(taken, status()))
                    .isInstanceOfSatisfying(StatusServer.CannotListen.class, e -> {
                        assertThat(e).hasMessageStartingWith("the worker cannot answer at '%s': ".formatted(taken));
                        assertThat(e.getMessage()).containsIgnoringCase("in use");
                        assertThat(e.hint()).contains("--http");
                    });
        }
    }

    @Test
    void two_workers_of_one_machine_each_take_a_free_port() {
        try (StatusServer one = StatusServer.start(ANY, status());
                StatusServer other = StatusServer.start(ANY, status())) {
            assertThat(one.address().port())
                    .isPositive()
                    .isNotEqualTo(other.address().port());
        }
    }

    @Test
    void nobody_answers_after_the_end() {
        StatusServer server = StatusServer.start(ANY, status());
        server.close();

        assertThatThrownBy(() -> ask(server, "/health")).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> ask(StatusServer server, String path) throws IOException, InterruptedException {
        return client.send(request(server, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(StatusServer server, String path) throws IOException, InterruptedException {
        HttpRequest request =
                request(server, path).POST(HttpRequest.BodyPublishers.noBody()).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(StatusServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private WorkerStatus status() {
        return status(() -> hindrance);
    }

    private WorkerStatus status(Question ready) {
        return new WorkerStatus() {
            @Override
            public String metrics() {
                figures.incrementAndGet();
                return "figures 1\n";
            }

            @Override
            public Optional<String> illness() {
                return illness;
            }

            @Override
            public Optional<String> hindrance() {
                try {
                    return ready.ask();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return Optional.of("interrupted");
                }
            }
        };
    }

    private interface Question {
        Optional<String> ask() throws InterruptedException;
    }
}
