package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the command finds around it.
 *
 * @param folder where it was called
 * @param home Lifeboat's own folder, with the jars and {@code .tools}
 */
record Surroundings(Terminal terminal, Map<String, String> environment, Path folder, Path home) {

    private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

    static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        Path folder = Path.of("").toAbsolutePath();
        return new Surroundings(
                Terminal.ofProcess(environment),
                environment,
                folder,
                Path.of(System.getProperty("lifeboat.home", folder.toString())).toAbsolutePath());
    }

    /** A path as somebody typed it, seen from where the command was called. */
    Path resolve(Path typed) {
        return folder.resolve(typed).normalize();
    }

    /** Who types, as runs remember it: {@code ann@db1}. */
    String operator() {
        return System.getProperty("user.name", "unknown") + "@" + host();
    }

    private static String host() {
        try {
            // Asking the resolver can take seconds where names do not resolve.
            return Files.isReadable(KERNEL_NAME)
                    ? Files.readString(KERNEL_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
