package dev.lifeboat.repository.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are started later, or again. They lie below those that the system hands out by itself: else
 * anybody's connection may have one before its server does. They also lie below those that our own commands choose, and
 * each process of tests has its own.
 */
public final class TestPort {

    private static final int EACH = 2_500;
    private static final int FORK = Integer.getInteger("lifeboat.test.fork", 1);
    private static final int MOST_FORKS = 3;
    private static final int LOWEST = 10_000 + (FORK - 1) * EACH;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private TestPort() {}

    /** One on which nobody listens, and that this JVM was not given before. */
    public static int free() {
        if (FORK > MOST_FORKS) {
            throw new IllegalStateException("there are ports for %d processes of tests".formatted(MOST_FORKS));
        }
        for (int i = 0; i < TRIES; i++) {
            int wanted = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST + EACH);
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
