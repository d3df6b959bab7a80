package dev.lifeboat.workers.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.AgeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Temporal as docker-compose.yml runs it, on PostgreSQL, behind mutual TLS and API keys: worker and command reach it with
 * what Temporal's own environment variables say, and without it hear in words what is missing.
 */
@Tag("slow")
@Timeout(420)
class TemporalBehindTlsTest {

    private static Path folder = Path.of("");
    private static List<AutoCloseable> open = new ArrayList<>();
    private static Map<String, String> good = Map.of();
    private static Path configuration = Path.of("");
    private static Path programs = Path.of("");

    @BeforeAll
    static void start_everything() throws IOException {
        folder = TestFolders.make();
        open.add(() -> TestFolders.remove(folder));
        Certificates ours =
                Certificates.make(folder, "authority").sign("frontend").sign("worker");
        Certificates.make(folder, "stranger").sign("strangers-worker");
        ApiKeys keys = ApiKeys.start();
        open.add(keys);
        ComposedTemporal temporal = ComposedTemporal.start(
                folder,
                Map.of(
                        "TEMPORAL_TLS_REQUIRE_CLIENT_AUTH",
                        "true",
                        "TEMPORAL_TLS_FRONTEND_CERT",
                        ours.certificate("frontend"),
                        "TEMPORAL_TLS_FRONTEND_KEY",
                        ours.key("frontend"),
                        "TEMPORAL_TLS_CLIENT1_CA_CERT",
                        ours.authority(),
                        "TEMPORAL_TLS_CLIENT2_CA_CERT",
                        ours.authority(),
                        // Its own parts come in by another door: they have neither certificate nor key.
                        "USE_INTERNAL_FRONTEND",
                        "true",
                        "TEMPORAL_SERVICES",
                        "frontend,internal-frontend,history,matching,worker",
                        "TEMPORAL_AUTH_AUTHORIZER",
                        "default",
                        "TEMPORAL_AUTH_CLAIM_MAPPER",
                        "default",
                        "TEMPORAL_JWT_KEY_SOURCE1",
                        keys.source()));
        open.add(temporal);
        good = Map.of(
                "TEMPORAL_ADDRESS", temporal.address(),
                "TEMPORAL_TLS", "true",
                "TEMPORAL_TLS_SERVER_CA_CERT_PATH", ours.authority(),
                "TEMPORAL_TLS_CLIENT_CERT_PATH", ours.certificate("worker"),
                "TEMPORAL_TLS_CLIENT_KEY_PATH", ours.key("worker"),
                "TEMPORAL_API_KEY", keys.issue());
        temporal.makeNamespace(good);
        TestPostgres shop = TestPostgres.start();
        open.add(shop);
        furnish(shop);
    }

    @AfterAll
    static void stop_everything() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        open = new ArrayList<>();
    }

    @Test
    void a_backup_runs_end_to_end_by_hand_and_on_a_schedule() throws Exception {
        Path log = folder.resolve("worker.log");
        Process worker = start(
                "dev.lifeboat.workers.WorkerApplication",
                good,
                log,
                "--config",
                configuration.toString(),
                "--host",
                "test");
        try {
            await("a worker that is ready").atMost(Duration.ofSeconds(90)).until(() -> {
                assertThat(worker.isAlive()).as(Files.readString(log)).isTrue();
                return Files.readString(log).contains("worker ready");
            });

            Said backup = command(good, "backup", "orders");

            assertThat(backup.text()).contains("completed", "INCONCLUSIVE");
            assertThat(backup.code())
                    .as("no age identity here: nobody could verify it")
                    .isEqualTo(3);
            Said applied = command(good, "schedules", "apply");
            assertThat(applied.code()).as(applied.text()).isZero();
            assertThat(command(good, "schedules", "list").text())
                    .contains("orders")
                    .contains("daily");
            aTriggeredScheduleMakesItsBackup();
        } finally {
            worker.destroy();
            worker.waitFor(60, TimeUnit.SECONDS);
            worker.destroyForcibly();
        }
    }

    private static void aTriggeredScheduleMakesItsBackup() throws Exception {
        Said triggered = command(good, "schedules", "trigger", "backup/orders/daily");
        assertThat(triggered.code()).as(triggered.text()).isZero();
        await("the backup of the schedule")
                .atMost(Duration.ofSeconds(90))
                .until(() -> OnSchedule.backups(configuration).size() > 1);
        Manifest made = OnSchedule.backups(configuration).getFirst();
        assertThat(made.tiers()).containsExactly("daily");
        assertThat(made.nominal()).isPresent();
    }

    @Test
    void a_server_that_we_do_not_trust_is_said_in_words() throws Exception {
        Said said = command(
                with(
                        "TEMPORAL_TLS_SERVER_CA_CERT_PATH",
                        folder.resolve("stranger.pem").toString()),
                "schedules",
                "list");

        assertThat(said.text()).contains("is not to be trusted").contains("TEMPORAL_TLS_SERVER_CA_CERT_PATH");
        assertThat(said.code()).isEqualTo(5);
    }

    @Test
    void a_certificate_that_is_missing_or_a_strangers_is_said_in_words() throws Exception {
        Map<String, String> without = new HashMap<>(good);
        without.remove("TEMPORAL_TLS_CLIENT_CERT_PATH");
        without.remove("TEMPORAL_TLS_CLIENT_KEY_PATH");
        Map<String, String> strangers = new HashMap<>(good);
        strangers.put(
                "TEMPORAL_TLS_CLIENT_CERT_PATH",
                folder.resolve("strangers-worker.pem").toString());
        strangers.put(
                "TEMPORAL_TLS_CLIENT_KEY_PATH",
                folder.resolve("strangers-worker.key").toString());

        for (Map<String, String> environment : List.of(without, strangers)) {
            Said said = command(environment, "schedules", "list");

            assertThat(said.text()).contains("TLS").contains("TEMPORAL_TLS_CLIENT_CERT_PATH");
            assertThat(said.code()).isEqualTo(5);
        }
    }

    @Test
    void an_api_key_that_is_not_known_is_said_in_words_and_not_shown() throws Exception {
        String forged = ApiKeys.forge();
        Map<String, String> without = new HashMap<>(good);
        without.remove("TEMPORAL_API_KEY");

        for (Map<String, String> environment : List.of(with("TEMPORAL_API_KEY", forged), without)) {
            Said said = command(environment, "schedules", "list");

            assertThat(said.text())
                    .containsAnyOf("does not let us in", "Request unauthorized")
                    .containsIgnoringCase("key")
                    .doesNotContain(forged);
            assertThat(said.code()).isEqualTo(5);
        }
    }

    @Test
    void a_worker_ends_with_the_same_words() throws Exception {
        Path log = folder.resolve("refused.log");
        Process worker = start(
                "dev.lifeboat.workers.WorkerApplication",
                with("TEMPORAL_API_KEY", ApiKeys.forge()),
                log,
                "--config",
                configuration.toString());

        assertThat(worker.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isEqualTo(5);
        assertThat(log).content().contains("does not let us in").contains("Hint: ");
    }

    private record Said(int code, String text) {}

    private static Said command(Map<String, String> environment, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", configuration.toString()));
        Path log = Files.createTempFile(folder, "said", ".log");
        return ended(start("dev.lifeboat.starter.Lifeboat", environment, log, all.toArray(String[]::new)), log);
    }

    private static Said ended(Process process, Path log) throws Exception {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), Files.readString(log));
    }

    private static Process start(String main, Map<String, String> environment, Path log, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dsun.misc.unsafe.memory.access=allow",
                "-Dlogback.configurationFile=logback.xml",
                "-Dlifeboat.home=" + System.getProperty("lifeboat.root"),
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        return run(command, environment, log);
    }

    private static Process run(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(it -> it.startsWith("TEMPORAL_"));
        builder.environment().putAll(environment);
        builder.environment().put("LIFEBOAT_PG_BIN", programs.toString());
        return builder.start();
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> changed = new HashMap<>(good);
        changed.put(name, value);
        return changed;
    }

    private static void furnish(TestPostgres shop) {
        shop.createDatabase("orders");
        shop.execute("orders", "CREATE TABLE a AS SELECT generate_series(1, 1000) AS n");
        programs = shop.binaries();
        AgeIdentity identity = AgeKeys.generate();
        TestFolders.writePrivate(folder.resolve("age.key"), identity.text() + "\n");
        TestFolders.writePrivate(folder.resolve("password"), TestPostgres.PASSWORD + "\n");
        TestFolders.makePrivate(folder.resolve("repository"));
        configuration = folder.resolve("lifeboat.yml");
        TestFolders.writePrivate(
                configuration, """
                repositories:
                  main: { url: "file:%1$s/repository", recipients: [%2$s], identity: "file:%1$s/age.key", shared: true, minimum-free: 1MB }
                databases:
                  orders:
                    url: "postgresql://%3$s@127.0.0.1:%4$d/orders"
                    password: "file:%1$s/password"
                    backup: { schedule: "0 2 * * *" }
                worker: { state: "%1$s/state" }
                """.formatted(folder, identity.recipient(), TestPostgres.USER, shop.port()));
    }
}
