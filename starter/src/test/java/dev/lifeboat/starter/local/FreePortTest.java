package dev.lifeboat.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FreePortTest {

    private static final int STARTS = 5_000;

    @Test
    @Timeout(120)
    void whoever_waits_for_a_server_never_takes_the_port_that_it_is_about_to_listen_on() throws Exception {
        int port = FreePort.any();
        AtomicInteger looks = new AtomicInteger();
        Thread waiting = Thread.ofPlatform().daemon().unstarted(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                FreePort.isListening(port);
                looks.incrementAndGet();
            }
        });
        waiting.start();
        try {
            int refused = 0;
            for (int i = 0; i < STARTS || looks.get() < STARTS / 10; i++) {
                try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                    assertThat(server.isBound()).isTrue();
                } catch (IOException taken) {
                    refused++;
                }
            }
            assertThat(refused).isZero();
        } finally {
            waiting.interrupt();
            waiting.join();
        }
    }

    @Test
    void a_port_on_which_somebody_listens_is_told_from_a_free_one() throws IOException {
        int port = FreePort.any();
        try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            assertThat(server.isBound()).isTrue();
            assertThat(FreePort.isListening(port)).isTrue();
            assertThat(FreePort.isFree(port)).isFalse();
        }
        assertThat(FreePort.isListening(port)).isFalse();
        assertThat(FreePort.isFree(port)).isTrue();
    }
}
