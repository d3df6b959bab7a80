package dev.lifeboat.workers.survival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Somebody's own receiver of messages, on loopback: writes down what it is told. */
final class Receiver implements AutoCloseable {

    /** What it was told, the oldest first. */
    final List<JsonNode> told = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private volatile Consumer<JsonNode> onTold = message -> {};
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<Optional<Instant>> firstRefusal = new AtomicReference<>(Optional.empty());
    private volatile int refusal = 503;

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            if (refusals.getAndUpdate(it -> Math.max(0, it - 1)) > 0) {
                firstRefusal.updateAndGet(it -> it.or(() -> Optional.of(Instant.now())));
                exchange.sendResponseHeaders(refusal, -1);
                exchange.close();
                return;
            }
            JsonNode message =
                    new JsonMapper().readTree(exchange.getRequestBody().readAllBytes());
            told.add(message);
            onTold.accept(message);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** Does not take what comes next, so many times. */
    void refuse(int times) {
        refusals.set(times);
    }

    /** Takes nothing more, as an address does that was given up, until it is told to refuse no more times. */
    void refuseAll() {
        refusal = 410;
        refusals.set(Integer.MAX_VALUE);
    }

    /** When it first refused; empty if it never did. */
    Optional<Instant> firstRefusal() {
        return firstRefusal.get();
    }

    /** From now on does that with each message, before it answers. */
    void onTold(Consumer<JsonNode> reaction) {
        onTold = reaction;
    }

    /** The kinds of the messages about one thing, the oldest first; what came again with the same id is left out. */
    List<String> messages(String about) {
        Set<String> ids = new HashSet<>();
        return told.stream()
                .filter(it -> it.path("about").asText().equals(about))
                .filter(it -> ids.add(it.path("id").asText()))
                .map(it -> it.path("kind").asText())
                .toList();
    }

    String address() {
        return "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
