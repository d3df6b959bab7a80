package dev.lifeboat.repository.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real toxiproxy with one line to a service, which can be cut, slowed or silenced; gone when it is closed. */
public final class TestToxiproxy implements AutoCloseable {

    /** Which way bytes go on the line. */
    public enum Direction {
        /** Away from us. */
        UPSTREAM,
        /** To us. */
        DOWNSTREAM;

        private String word() {
            return this == UPSTREAM ? "upstream" : "downstream";
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestServer server;
    private final int port;

    private TestToxiproxy(TestServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** A line to the service at {@code target}, of which only host and port count. */
    public static TestToxiproxy before(URI target) {
        Path program = TestServer.program("toxiproxy-server", "toxiproxy-server");
        TestServer server = TestServer.start(
                (folder, address) -> {
                    int colon = address.indexOf(':');
                    return List.of(
                            program.toString(),
                            "-host",
                            address.substring(0, colon),
                            "-port",
                            address.substring(colon + 1));
                },
                Map.of("LOG_LEVEL", "error"));
        TestToxiproxy proxy = new TestToxiproxy(server, TestPort.free());
        proxy.ask("POST", "/proxies", """
                {"name": "line", "listen": "127.0.0.1:%d", "upstream": "%s:%d"}
                """.formatted(proxy.port, target.getHost(), target.getPort()));
        return proxy;
    }

    /** Where the line begins. */
    public URI address(String scheme) {
        return URI.create("%s://127.0.0.1:%d".formatted(scheme, port));
    }

    /** Every connection is cut after so many bytes. */
    public void cutAfter(Direction direction, long bytes) {
        toxic(direction, "limit_data", "{\"bytes\": %d}".formatted(bytes));
    }

    /** No byte of ours gets through any more, and connections stay as they are. */
    public void silence() {
        toxic(Direction.UPSTREAM, "timeout", "{\"timeout\": 0}");
    }

    /** So many kilobytes get through in a second. */
    public void slow(Direction direction, int kilobytesPerSecond) {
        toxic(direction, "bandwidth", "{\"rate\": %d}".formatted(kilobytesPerSecond));
    }

    /** Nobody listens any more, and connections are cut. */
    public void down() {
        ask("POST", "/proxies/line", "{\"enabled\": false}");
    }

    /** All is well again. */
    public void heal() {
        ask("POST", "/reset", "");
    }

    @Override
    public void close() {
        server.close();
    }

    private void toxic(Direction direction, String type, String attributes) {
        ask("POST", "/proxies/line/toxics", """
                {"type": "%s", "stream": "%s", "attributes": %s}
                """.formatted(type, direction.word(), attributes));
    }

    private void ask(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
