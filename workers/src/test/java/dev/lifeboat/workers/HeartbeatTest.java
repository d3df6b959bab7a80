package dev.lifeboat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Duration EVERY = Duration.ofMillis(20);

    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Optional<String> trouble = Optional.empty();
    private HttpServer outside;

    @BeforeEach
    void listen() throws IOException {
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/beat", 200, heard);
        answer("/elsewhere", 200, elsewhere);
        outside.createContext("/moved", exchange -> {
            heard.incrementAndGet();
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        outside.start();
    }

    @AfterEach
    void close() {
        outside.stop(0);
    }

    @Test
    void is_heard_while_all_is_well_and_silent_while_it_is_not() {
        try (Heartbeat heartbeat = start("/beat")) {
            assertThat(heartbeat).isNotNull();
            await().atMost(Duration.ofSeconds(10)).until(() -> heard.get() > 2);

            trouble = Optional.of("Temporal is away");
            awaitQuestions(2);
            int before = heard.get();
            awaitQuestions(5);
            assertThat(heard).hasValue(before);

            trouble = Optional.empty();
            await().atMost(Duration.ofSeconds(10)).until(() -> heard.get() > before);
        }
        int last = heard.get();
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(5)).until(() -> heard.get() <= last + 1);
    }

    @Test
    void goes_on_when_the_address_outside_comes_back_and_follows_it_nowhere_else() {
        try (Heartbeat heartbeat = start("/moved")) {
            assertThat(heartbeat).isNotNull();
            await().atMost(Duration.ofSeconds(10)).until(() -> heard.get() > 3);
        }
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void a_listener_that_never_ends_its_answer_is_called_again() {
        outside.createContext("/endless", exchange -> {
            heard.incrementAndGet();
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('1'); // and never the rest
            exchange.getResponseBody().flush();
        });
        try (Heartbeat heartbeat =
                Heartbeat.start(address("/endless"), EVERY, Duration.ofMillis(200), () -> Optional.empty())) {
            assertThat(heartbeat).isNotNull();
            await().atMost(Duration.ofSeconds(10)).until(() -> heard.get() > 2);
        }
    }

    @Test
    void a_health_that_cannot_be_told_is_none() {
        try (Heartbeat heartbeat = Heartbeat.start(address("/beat"), EVERY, () -> {
            asked.incrementAndGet();
            throw new IllegalStateException("no idea");
        })) {
            assertThat(heartbeat).isNotNull();
            awaitQuestions(5);
            assertThat(heard).hasValue(0);
        }
    }

    private void awaitQuestions(int more) {
        int before = asked.get();
        await().atMost(Duration.ofSeconds(10)).until(() -> asked.get() >= before + more);
    }

    private Heartbeat start(String path) {
        return Heartbeat.start(address(path), EVERY, () -> {
            asked.incrementAndGet();
            return trouble;
        });
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(outside.getAddress().getPort(), path));
    }

    private void answer(String path, int status, AtomicInteger count) {
        outside.createContext(path, exchange -> {
            count.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }
}
