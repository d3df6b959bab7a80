package dev.lifeboat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifeboat.configuration.HttpAddress;
import dev.lifeboat.workers.http.StatusServer;
import dev.lifeboat.workers.http.WorkerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What docker-compose.yml says to and about the worker and its alarms, tried without containers. */
class ComposeFileTest {

    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));

    private volatile Optional<String> hindrance = Optional.empty();

    @Test
    void our_own_command_line_understands_what_it_starts() throws IOException {
        List<String> command = words(services().path("worker").path("command"));

        assertThat(command.getFirst()).isEqualTo("worker");
        new CommandLine(new WorkerApplication(Doors.OPEN))
                .parseArgs(command.subList(1, command.size()).toArray(String[]::new));
        assertThat(command).contains("--http", "0.0.0.0:9464");
    }

    @Test
    @Timeout(60)
    void its_health_check_tells_a_worker_that_is_ready_from_one_that_is_not_and_from_none() throws Exception {
        int gone;
        try (StatusServer server = StatusServer.start(new HttpAddress("127.0.0.1", 0), status())) {
            int port = server.address().port();
            gone = port;
            assertThat(check(port)).isZero();

            hindrance = Optional.of("Temporal does not answer");
            // An answer is kept for three seconds.
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(check(port)).isNotZero());
        }
        assertThat(check(gone)).isNotZero();
    }

    @Test
    void prometheus_scrapes_the_worker_under_the_name_that_the_rules_know() throws IOException {
        JsonNode prometheus = yaml("ops/prometheus/prometheus.yml");
        JsonNode job = prometheus.path("scrape_configs").path(0);

        assertThat(job.path("job_name").asText()).isEqualTo("lifeboat");
        assertThat(words(job.path("static_configs").path(0).path("targets"))).containsExactly("worker:9464");
        assertThat(words(prometheus.path("rule_files"))).containsExactly("lifeboat.rules.yml");
        assertThat(words(services().path("prometheus").path("volumes")))
                .contains("./ops/prometheus:/etc/prometheus:ro");
    }

    @Test
    void prometheus_tells_the_alertmanager_that_runs_beside_it() throws IOException {
        JsonNode told = yaml("ops/prometheus/prometheus.yml")
                .path("alerting")
                .path("alertmanagers")
                .path(0)
                .path("static_configs")
                .path(0);
        JsonNode alertmanager = services().path("alertmanager");

        assertThat(words(told.path("targets"))).containsExactly("alertmanager:9093");
        assertThat(words(alertmanager.path("command"))).contains("--config.file=/etc/alertmanager/alertmanager.yml");
        assertThat(alertmanager.path("volumes").path(0).asText()).isEqualTo("./ops/prometheus:/etc/alertmanager:ro");
    }

    @Test
    void prometheus_hears_from_alertmanager_whose_address_takes_nothing() throws IOException {
        JsonNode job =
                yaml("ops/prometheus/prometheus.yml").path("scrape_configs").path(1);

        assertThat(words(job.path("static_configs").path(0).path("targets"))).containsExactly("alertmanager:9093");
        assertThat(words(services().path("alertmanager").path("command")))
                .contains("--enable-feature=receiver-name-in-metrics");
    }

    @Test
    void alertmanager_finds_its_addresses_in_files_that_are_nobody_elses() throws IOException {
        JsonNode folder = services().path("alertmanager").path("volumes").path(1);
        assertThat(folder.path("source").asText()).startsWith("${LIFEBOAT_ALARMS:?");
        assertThat(folder.path("read_only").asBoolean()).isTrue();

        JsonNode configuration = yaml("ops/prometheus/alertmanager.yml");
        List<String> files = addressFiles(configuration);
        assertThat(files).hasSameSizeAs(configuration.path("receivers")).isNotEmpty();
        assertThat(configuration.toString()).doesNotContain("http:", "https:");
        String example = Files.readString(ROOT.resolve("ops/compose.example.env"));
        for (String file : files) {
            assertThat(file).startsWith(folder.path("target").asText() + "/");
            assertThat(example).contains(Path.of(file).getFileName().toString());
        }
    }

    @Test
    @Timeout(60)
    void an_alertmanager_that_knows_nobody_to_call_is_not_healthy(@TempDir Path alarms) throws Exception {
        List<Path> files = addressFiles(yaml("ops/prometheus/alertmanager.yml")).stream()
                .map(it -> alarms.resolve(Path.of(it).getFileName()))
                .toList();
        for (Path file : files) {
            Files.writeString(file, "https://example.com/abc\n");
        }
        assertThat(alertmanagerCheck(alarms)).isZero();
        for (Path file : files) {
            for (String wrong : List.of("", "to be filled in\n")) {
                Files.writeString(file, wrong);
                assertThat(alertmanagerCheck(alarms))
                        .as("'%s' in %s", wrong, file)
                        .isNotZero();
            }
            Files.delete(file);
            assertThat(alertmanagerCheck(alarms)).as("without " + file).isNotZero();
            Files.writeString(file, "https://example.com/abc\n");
        }
    }

    private static int check(int port) throws IOException, InterruptedException {
        return exitCode(healthCheck("worker").stream()
                // Compose writes $ as $$.
                .map(it -> it.replace("9464", Integer.toString(port)).replace("$$", "$"))
                .toList());
    }

    /** What the check of Alertmanager says about a folder of addresses, while Alertmanager itself answers. */
    private static int alertmanagerCheck(Path alarms) throws IOException, InterruptedException {
        String ask = "wget -q -O /dev/null http://127.0.0.1:9093/-/healthy";
        List<String> check = healthCheck("alertmanager");
        assertThat(check.getLast()).endsWith(" && " + ask);
        return exitCode(check.stream()
                .map(it -> it.replace("/etc/lifeboat-alarms", alarms.toString()).replace(ask, "true"))
                .toList());
    }

    private static List<String> healthCheck(String service) throws IOException {
        List<String> test = words(services().path(service).path("healthcheck").path("test"));
        assertThat(test.getFirst()).isEqualTo("CMD");
        return test.subList(1, test.size());
    }

    private static int exitCode(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static List<String> addressFiles(JsonNode alertmanager) {
        List<String> files = new ArrayList<>();
        for (JsonNode receiver : alertmanager.path("receivers")) {
            files.add(receiver.path("webhook_configs").path(0).path("url_file").asText());
        }
        return files;
    }

    private static JsonNode services() throws IOException {
        return yaml("docker-compose.yml").path("services");
    }

    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(ROOT.resolve(file).toFile());
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(it -> words.add(it.asText()));
        return words;
    }

    private WorkerStatus status() {
        return new WorkerStatus() {
            @Override
            public String metrics() {
                return "";
            }

            @Override
            public Optional<String> illness() {
                return Optional.empty();
            }

            @Override
            public Optional<String> hindrance() {
                return hindrance;
            }
        };
    }
}
