package dev.lifeboat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifeboat.configuration.HttpAddress;
import dev.lifeboat.workers.http.StatusServer;
import dev.lifeboat.workers.http.WorkerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** What docker-compose.yml says to and about the worker, tried without containers. */
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
        JsonNode prometheus = new YAMLMapper()
                .readTree(ROOT.resolve("ops/prometheus/prometheus.yml").toFile());
        JsonNode job = prometheus.path("scrape_configs").path(0);

        assertThat(job.path("job_name").asText()).isEqualTo("lifeboat");
        assertThat(words(job.path("static_configs").path(0).path("targets"))).containsExactly("worker:9464");
        assertThat(words(prometheus.path("rule_files"))).containsExactly("lifeboat.rules.yml");
        assertThat(words(services().path("prometheus").path("volumes")))
                .contains("./ops/prometheus:/etc/prometheus:ro");
    }

    private static int check(int port) throws IOException, InterruptedException {
        List<String> test = words(services().path("worker").path("healthcheck").path("test"));
        assertThat(test.getFirst()).isEqualTo("CMD");
        List<String> command = new ArrayList<>();
        // Compose writes $ as $$.
        test.subList(1, test.size())
                .forEach(it ->
                        command.add(it.replace("9464", Integer.toString(port)).replace("$$", "$")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static JsonNode services() throws IOException {
        return new YAMLMapper()
                .readTree(ROOT.resolve("docker-compose.yml").toFile())
                .path("services");
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
