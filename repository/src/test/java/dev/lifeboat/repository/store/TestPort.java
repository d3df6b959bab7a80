package dev.lifeboat.repository.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are started later, or again. They lie below those that the system hands out by itself: else
 * anybody's connection may have one before its server does.
 */
public final class TestPort {

    private static final int LOWEST = 20_000;
    // Temporal's membership takes no higher one: there it has two bytes, and a sign.
    private static final int HIGHEST = Short.MAX_VALUE;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private TestPort() {}

    /** One on which nobody listens, and that this JVM was not given before. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int wanted = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (GIVEN.add(wanted) && isFree(wanted)) {
                return wanted;
            }
        }
        throw new IllegalStateException("no free port");
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
