package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PingTest {

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_answer_that_never_ends_holds_nobody_up() throws IOException {
        HttpServer outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('1'); // and never the rest
            exchange.getResponseBody().flush();
        });
        outside.start();
        try {
            URI address = URI.create(
                    "http://127.0.0.1:%d/".formatted(outside.getAddress().getPort()));

            assertThat(Ping.send(address, Duration.ofMillis(300))).contains("it does not end its answer");
        } finally {
            outside.stop(0);
        }
    }
}
