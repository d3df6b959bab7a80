package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifeboat.repository.store.TestPort;
import dev.lifeboat.workers.FetchedTool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Prometheus and the Alertmanager of {@code docker-compose.yml} without containers: real servers with the arguments
 * of that file and the files of {@code ops/prometheus}, on loopback and {@linkplain QuickAlarms twenty times as fast}.
 */
final class TestAlarms implements AutoCloseable {

    /** As long as Prometheus waits before it says again what still rings, where nobody tells it otherwise. */
    private static final Duration RESEND_DELAY = Duration.ofMinutes(1);

    private static final String IN_CONTAINER = "docker compose exec alertmanager amtool";

    private final Path folder;
    private final List<Process> running = new ArrayList<>();
    private final int alertmanagerPort = TestPort.free();
    private final int prometheusPort = TestPort.free();
    private final Process prometheus;

    private TestAlarms(Path folder, int worker) {
        Path server = FetchedTool.find("prometheus", "tools/prometheus");
        Path teller = FetchedTool.find("alertmanager", "tools/alertmanager");
        this.folder = folder;
        QuickAlarms.write(
                folder,
                Map.of(
                        "worker:9464", "127.0.0.1:" + worker,
                        "alertmanager:9093", "127.0.0.1:" + alertmanagerPort,
                        "/etc/lifeboat-alarms/", folder + "/"));
        try {
            start("alertmanager", teller, "--web.listen-address=127.0.0.1:" + alertmanagerPort);
            awaitAnswer(alertmanagerPort);
            this.prometheus = start(
                    "prometheus",
                    server,
                    "--web.listen-address=127.0.0.1:" + prometheusPort,
                    "--rules.alert.resend-delay="
                            + QuickAlarms.quick(RESEND_DELAY).toMillis() + "ms");
            awaitAnswer(prometheusPort);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts both; skips the test where a program is missing.
     *
     * @param folder of these two alone, in which the files with the addresses to call lie already
     * @param worker the port at which a worker answers
     */
    static TestAlarms start(Path folder, int worker) {
        return new TestAlarms(folder, worker);
    }

    /** All that the two said. */
    List<String> log() {
        List<String> log = new ArrayList<>(TestFolders.lines(folder.resolve("alertmanager.log")));
        log.addAll(TestFolders.lines(folder.resolve("prometheus.log")));
        return log;
    }

    /** Types what {@code docs/production.md} says to type after each change of an address. */
    void tryAsThePageSays() throws IOException, InterruptedException {
        String tool = FetchedTool.find("amtool", "tools/alertmanager").toString();
        List<String> commands =
                TestFolders.lines(Path.of(System.getProperty("lifeboat.root"), "docs/production.md")).stream()
                        .filter(it -> it.startsWith(IN_CONTAINER))
                        .map(it -> it.replace(IN_CONTAINER, tool).replace(":9093", ":" + alertmanagerPort))
                        .toList();
        assertThat(commands).hasSize(2);
        for (String command : commands) {
            Process process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("amtool.log").toFile())
                    .start();
            running.add(process);
            assertThat(process.waitFor())
                    .as(() -> String.join("\n", TestFolders.lines(folder.resolve("amtool.log"))))
                    .isZero();
            running.remove(process);
        }
    }

    /** The names of all that ring, or will soon. */
    Set<String> ringing() throws IOException {
        URI alerts = URI.create("http://127.0.0.1:%d/api/v1/alerts".formatted(prometheusPort));
        Set<String> names = new TreeSet<>();
        try (InputStream answer = alerts.toURL().openStream()) {
            for (JsonNode alert : new JsonMapper().readTree(answer).at("/data/alerts")) {
                names.add(alert.at("/labels/alertname").asText());
            }
        }
        return names;
    }

    void killPrometheus() {
        end(prometheus);
    }

    @Override
    public void close() {
        running.forEach(TestAlarms::end);
    }

    private Process start(String service, Path program, String... more) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        for (String argument : composed(service)) {
            command.add(argument.replace("=/etc/" + service + "/", "=" + folder + "/")
                    .replace("=/" + service, "=" + folder.resolve(service + "-data")));
        }
        command.addAll(List.of(more));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(service + ".log").toFile())
                    .start();
            running.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> composed(String service) {
        List<String> arguments = new ArrayList<>();
        try {
            for (JsonNode argument : new YAMLMapper()
                    .readTree(Path.of(System.getProperty("lifeboat.root"), "docker-compose.yml")
                            .toFile())
                    .path("services")
                    .path(service)
                    .path("command")) {
                arguments.add(argument.asText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return arguments;
    }

    private void awaitAnswer(int port) {
        try {
            await("an answer").atMost(Duration.ofSeconds(30)).until(() -> {
                if (running.stream().anyMatch(it -> !it.isAlive())) {
                    throw new IllegalStateException(String.join("\n", log()));
                }
                return answers(port);
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static boolean answers(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:%d/-/ready".formatted(port))
                    .toURL()
                    .openConnection();
            connection.setReadTimeout(2_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void end(Process process) {
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }
}
