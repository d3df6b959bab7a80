package dev.lifeboat.starter.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address. */
public final class FreePort {

    private static final int CONNECT_MILLISECONDS = 1_000;
    // Below those that systems hand out by themselves.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_768;
    private static final int TRIES = 1_000;

    private FreePort() {}

    /** A port that nobody listened on a moment ago, and that the system hands to no connection meanwhile. */
    public static int any() {
        return ThreadLocalRandom.current()
                .ints(LOWEST, HIGHEST)
                .limit(TRIES)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port of this machine is free"));
    }

    /** Whether somebody listens there; unlike {@link #isFree} it never takes the port, also not for a moment. */
    static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLISECONDS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a server could begin to listen there; whoever tries it at the same moment finds it taken. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As a server would: ports of connections that are only just closed count as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
