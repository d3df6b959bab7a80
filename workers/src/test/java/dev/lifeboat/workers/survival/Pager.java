package dev.lifeboat.workers.survival;

import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What PagerDuty would be: takes events, and writes them down. */
final class Pager implements AutoCloseable {

    static final String KEY = "R0utingKeyThatIsSecret";

    final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean hangs;

    Pager() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v2/enqueue", exchange -> {
            JsonNode event = new JsonMapper().readTree(exchange.getRequestBody().readAllBytes());
            boolean known = event.path("routing_key").asText().equals(KEY);
            if (known) {
                events.add(event);
            }
            if (hangs) {
                waitForTheEnd();
            }
            exchange.sendResponseHeaders(known ? 202 : 400, -1);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    /** From now on it takes what comes, and never answers. */
    void hang() {
        hangs = true;
    }

    private void waitForTheEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<String> actions() {
        return events.stream().map(it -> it.path("event_action").asText()).toList();
    }

    /** What it was told to do about one thing, such as {@code backup/orders}. */
    List<String> actions(String about) {
        return events.stream()
                .filter(it -> it.path("dedup_key").asText().startsWith(about + "@"))
                .map(it -> it.path("event_action").asText())
                .toList();
    }

    Set<String> keys() {
        return events.stream().map(it -> it.path("dedup_key").asText()).collect(toSet());
    }

    void awaitEvents(int count) {
        await("%d events".formatted(count)).atMost(Duration.ofMinutes(2)).until(() -> events.size() >= count);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
