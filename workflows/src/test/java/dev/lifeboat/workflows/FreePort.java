package dev.lifeboat.workflows;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that are started a moment later. */
public final class FreePort {

    // Below those that the system hands out by itself: else anybody's connection may have one before its server does.
    private static final int LOWEST = 17_500;
    private static final int HIGHEST = 20_000;
    private static final int TRIES = 1_000;

    private FreePort() {}

    public static int any() {
        return ThreadLocalRandom.current()
                .ints(LOWEST, HIGHEST)
                .limit(TRIES)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port of this machine is free"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
