package dev.lifeboat.workers.survival;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever listens outside hears a worker only while it can do its work. */
@Tag("slow")
class SilenceIsAnAlarmTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Many times the second between two beats. */
    private static final Duration SILENCE = Duration.ofSeconds(6);

    private final AtomicInteger beats = new AtomicInteger();

    @Test
    void it_falls_silent_without_temporal_without_its_repository_and_when_it_dies() throws IOException {
        HttpServer outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/", exchange -> {
            beats.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        outside.start();
        try (Shop shop = Shop.open(1)) {
            shop.worker();
            shop.awaitEnd(shop.backUp(), LIMIT); // makes the repository
            shop.stopWorkers();
            shop.listenOutside(
                    "http://127.0.0.1:%d/abc".formatted(outside.getAddress().getPort()));
            TestWorker worker = shop.worker();
            awaitBeats();

            shop.temporal().kill();
            awaitSilence();
            shop.temporal().startAgain();
            awaitBeats();

            Path file = shop.repository().resolve("repository.json");
            Path away = shop.repository().resolve("away.json");
            Files.move(file, away);
            awaitSilence();
            Files.move(away, file);
            awaitBeats();

            worker.kill();
            awaitSilence();
        } finally {
            outside.stop(0);
        }
    }

    private void awaitBeats() {
        int before = beats.get();
        await("beats").atMost(LIMIT).until(() -> beats.get() > before + 2);
    }

    private void awaitSilence() {
        await("silence").atMost(LIMIT).until(() -> {
            int before = beats.get();
            await().pollDelay(SILENCE).atMost(SILENCE.plusMinutes(1)).until(() -> true);
            return beats.get() == before;
        });
    }
}
