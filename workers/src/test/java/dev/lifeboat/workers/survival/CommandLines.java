package dev.lifeboat.workers.survival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks at the arguments of every process of this machine, again and again, as any of its users can. */
final class CommandLines implements AutoCloseable {

    /** Shorter than any program lives that dumps the smallest of databases. */
    private static final long PAUSE = 15_000_000;

    private final Set<String> telling = ConcurrentHashMap.newKeySet();
    private final Set<String> programs = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    private CommandLines(List<String> secrets) {
        thread = Thread.ofPlatform().daemon().name("command lines").unstarted(() -> {
            while (!closed) {
                look(secrets);
                LockSupport.parkNanos(PAUSE);
            }
        });
    }

    static CommandLines watch(List<String> secrets) {
        CommandLines lines = new CommandLines(secrets);
        lines.thread.start();
        return lines;
    }

    /** The command lines that told a secret. */
    Set<String> telling() {
        return Set.copyOf(telling);
    }

    /** Whether a program of that name was seen at all; else its arguments have proven nothing. */
    boolean saw(String program) {
        return programs.stream().anyMatch(it -> it.endsWith(program));
    }

    @Override
    public void close() {
        closed = true;
    }

    private void look(List<String> secrets) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String line = read(process.resolve("cmdline"));
                programs.add(line.split("\0", 2)[0]);
                if (secrets.stream().anyMatch(line::contains)) {
                    telling.add(line.replace('\0', ' '));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it has ended meanwhile
        }
    }
}
