package dev.lifeboat.workflows.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.workflows.FreePort;
import dev.lifeboat.workflows.backup.BackupRequest;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalConnectionTest {

    @TempDir
    private Path folder;

    @Test
    void goes_to_this_machine_when_nothing_is_said() {
        try (TemporalConnection connection = to("", "", Optional.empty(), Map.of())) {
            assertThat(connection.address()).isEqualTo("127.0.0.1:7233");
            assertThat(connection.namespace()).isEqualTo("default");
            assertThat(connection.client().getOptions().getIdentity()).startsWith("lifeboat ");
        }
    }

    @Test
    void the_environment_wins_over_lifeboat_yml_and_that_over_a_profile() throws IOException {
        Path file = folder.resolve("temporal.toml");
        Files.writeString(
                file, "[profile.default]\naddress = \"stray:7233\"\n\n[profile.prod]\naddress = \"profile:7233\"\n");
        Map<String, String> withFile = Map.of("TEMPORAL_CONFIG_FILE", file.toString());
        Map<String, String> withAddress =
                Map.of("TEMPORAL_CONFIG_FILE", file.toString(), "TEMPORAL_ADDRESS", "environment:7233");

        assertThat(address("yml:7233", Optional.empty(), Map.of("TEMPORAL_ADDRESS", "environment:7233")))
                .isEqualTo("environment:7233");
        assertThat(address("yml:7233", Optional.of("prod"), withFile)).isEqualTo("yml:7233");
        assertThat(address("127.0.0.1:7233", Optional.of("prod"), withFile)).isEqualTo("profile:7233");
        assertThat(address("127.0.0.1:7233", Optional.of("prod"), withAddress)).isEqualTo("environment:7233");
        assertThat(address("", Optional.empty(), withFile)).isEqualTo("127.0.0.1:7233");
        try (TemporalConnection connection =
                to("", "yml", Optional.empty(), Map.of("TEMPORAL_NAMESPACE", "environment"))) {
            assertThat(connection.namespace()).isEqualTo("environment");
        }
    }

    @Test
    void a_profile_that_is_not_there_is_an_error() {
        Map<String, String> environment =
                Map.of("TEMPORAL_CONFIG_FILE", folder.resolve("none.toml").toString());

        assertThatThrownBy(() -> to("", "", Optional.of("prod"), environment))
                .isInstanceOfAny(UncheckedIOException.class, IllegalArgumentException.class);
    }

    @Test
    void knows_whether_the_server_answers() {
        int port = FreePort.any();
        try (var server = TestServer.createPortBoundServer(port);
                TemporalConnection here = to("127.0.0.1:" + port, "", Optional.empty(), Map.of());
                TemporalConnection nowhere = to("127.0.0.1:1", "", Optional.empty(), Map.of())) {
            assertThat(server).isNotNull();
            assertThat(here.answersWithin(Duration.ofSeconds(10))).isTrue();
            assertThat(nowhere.answersWithin(Duration.ofMillis(300))).isFalse();
        }
    }

    @Test
    void says_why_there_is_no_answer() {
        int port = FreePort.any();
        try (var server = TestServer.createPortBoundServer(port);
                TemporalConnection here = to("127.0.0.1:" + port, "", Optional.empty(), Map.of());
                TemporalConnection nowhere = to("127.0.0.1:1", "", Optional.empty(), Map.of())) {
            assertThat(server).isNotNull();
            assertThat(here.silence(Duration.ofSeconds(10))).isEmpty();
            Silence refused = nowhere.silence(Duration.ofSeconds(3)).orElseThrow();
            assertThat(refused.problem())
                    .startsWith("Temporal does not answer at '127.0.0.1:1'")
                    .containsIgnoringCase("refused");
            assertThat(refused.hint()).contains("TEMPORAL_ADDRESS").contains("TEMPORAL_TLS");
        }
    }

    @Test
    void an_api_key_is_in_no_word_about_a_server_that_is_silent() {
        try (TemporalConnection connection =
                to("127.0.0.1:1", "", Optional.empty(), Map.of("TEMPORAL_API_KEY", "pl4nted"))) {
            assertThat(connection.silence(Duration.ofMillis(300)).orElseThrow().toString())
                    .doesNotContain("pl4nted");
        }
    }

    @Test
    void speaks_our_payloads() {
        try (TemporalConnection connection = to("", "", Optional.empty(), Map.of())) {
            var converter = connection.client().getOptions().getDataConverter();
            var payload = converter.toPayload("orders").orElseThrow();

            assertThat(converter.fromPayload(payload, BackupRequest.class, BackupRequest.class))
                    .isEqualTo(BackupRequest.of("orders"));
        }
    }

    private static String address(String address, Optional<String> profile, Map<String, String> environment) {
        try (TemporalConnection connection = to(address, "", profile, environment)) {
            return connection.address();
        }
    }

    private static TemporalConnection to(
            String address, String namespace, Optional<String> profile, Map<String, String> environment) {
        return TemporalConnection.to(address, namespace, profile, environment);
    }
}
