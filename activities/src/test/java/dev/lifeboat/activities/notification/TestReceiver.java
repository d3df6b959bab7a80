package dev.lifeboat.activities.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** A web server on loopback that writes down what it gets, and answers as the test says. */
final class TestReceiver implements AutoCloseable {

    /** One request that came. */
    record Request(Map<String, String> headers, String body) {

        JsonNode json() {
            try {
                return new JsonMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The part of its address that nobody may ever see. */
    static final String TOKEN = "T0k3nThatIsS3cret";

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile String location = "";
    private volatile boolean hangs;

    private TestReceiver(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static TestReceiver start() {
        try {
            return new TestReceiver(HttpServer.create(free(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestReceiver startWithTls(SSLContext context) {
        try {
            HttpsServer server = HttpsServer.create(free(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return new TestReceiver(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return "%s://127.0.0.1:%d/hooks/%s"
                .formatted(scheme, server.getAddress().getPort(), TOKEN);
    }

    TestReceiver answering(int code) {
        status = code;
        return this;
    }

    TestReceiver sendingTo(String elsewhere) {
        status = 307;
        location = elsewhere;
        return this;
    }

    TestReceiver hanging() {
        hangs = true;
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                exchange.getRequestHeaders().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> it.getValue().getFirst())),
                body));
        if (hangs) {
            waitForTheEnd();
        }
        if (!location.isEmpty()) {
            exchange.getResponseHeaders().add("Location", location);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void waitForTheEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
