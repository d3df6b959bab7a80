package dev.lifeboat.workers.survival;

import static org.awaitility.Awaitility.await;

import dev.lifeboat.workers.KillableWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker process. Everything that it says goes into one file, also what its predecessors said. */
final class TestWorker implements AutoCloseable {

    private static final String READY = "worker ready";

    private final Process process;
    private final Path log;
    private final long before;

    private TestWorker(Process process, Path log, long before) {
        this.process = process;
        this.log = log;
        this.before = before;
    }

    /**
     * Starts a worker.
     *
     * @param main the class to run: {@link KillableWorker}, or one that does worse
     * @param wishes what the test wants of it, such as {@code lifeboat.mode=HALT}, and arguments, such as
     *     {@code --roles=write}
     */
    static TestWorker start(Class<?> main, Path configuration, Path log, Path programs, List<String> wishes) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Dsun.misc.unsafe.memory.access=allow",
                "-Dlogback.configurationFile=logback.xml"));
        wishes.stream().filter(it -> !it.startsWith("--")).forEach(it -> command.add("-D" + it));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of("--config", configuration.toString()));
        if (wishes.stream().noneMatch(it -> it.startsWith("--host="))) {
            command.add("--host=test");
        }
        wishes.stream().filter(it -> it.startsWith("--")).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(Map.of("LIFEBOAT_PG_BIN", programs.toString()));
        try {
            long before = readyLines(log);
            return new TestWorker(builder.start(), log, before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    TestWorker awaitReady() {
        await("a worker that is ready").atMost(Duration.ofMinutes(2)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the worker ended: " + Files.readString(log));
            }
            return readyLines(log) > before;
        });
        return this;
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops it in good order, as whoever manages the machine does; returns when it is gone. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Stops it in the middle of whatever it does, like a machine that hangs. */
    void freeze() {
        signal("STOP", process.pid());
    }

    void thaw() {
        signal("CONT", process.pid());
    }

    /** Ends it and all that it started. Not politely: it would wait for work that no test wants any more. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        kill();
    }

    private static long readyLines(Path log) {
        return TestFolders.lines(log).stream().filter(it -> it.contains(READY)).count();
    }

    private void awaitEnd() {
        await("the end of a worker").atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
    }

    static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
