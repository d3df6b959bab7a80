package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.MAIN;
import static dev.lifeboat.configuration.Written.RECIPIENT;
import static dev.lifeboat.configuration.Written.SIMPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path folder;

    @Test
    void the_example_in_the_root_can_be_loaded() {
        Path example = Path.of(System.getProperty("lifeboat.root")).resolve("lifeboat.example.yml");

        Settings settings = Settings.load(example);

        assertThat(settings.databases().keySet()).containsExactly("orders", "customers");
        assertThat(settings.server("orders").host()).isEqualTo("db1");
        assertThat(settings.repository("main").minimumFree()).isEqualTo(10_000_000_000L);
    }

    @Test
    void the_simplest_file_is_one_repository_and_one_database() {
        Settings settings = Written.load(folder, MAIN + SIMPLE);

        assertThat(settings.repository("main"))
                .isEqualTo(new RepositorySettings(
                        "main",
                        new Location.Folder(Path.of("/r")),
                        List.of(RECIPIENT),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        10_000_000_000L));
        assertThat(settings.server("simple"))
                .isEqualTo(new ServerAddress("h", 5432, "u", "simple", Optional.empty(), Map.of()));
        assertThat(settings.database("simple").backup())
                .isEqualTo(new BackupSettings(
                        "pg_dump",
                        List.of("main"),
                        1,
                        Duration.ofHours(12),
                        Duration.ofHours(24),
                        Duration.ofMinutes(10),
                        List.of(),
                        Duration.ofDays(7),
                        new ReadingSettings(
                                List.of(),
                                OptionalLong.empty(),
                                new CountRule.BySize(),
                                true,
                                true,
                                ReadingSettings.OnBlocked.WARN,
                                Duration.ofSeconds(30)),
                        true,
                        20,
                        BackupSchedule.NONE));
        assertThat(settings.temporal())
                .isEqualTo(new TemporalSettings("127.0.0.1:7233", "default", Optional.empty(), true));
        assertThat(settings.worker())
                .isEqualTo(new WorkerSettings(2, 2, Path.of("/home/ann/.local/state/lifeboat"), Optional.empty()));
    }

    @Test
    void everything_that_can_be_written_is_read() {
        Settings settings = Written.load(folder, """
                repositories:
                  far: { url: "file:far", recipients: [RECIPIENT], shared: true, minimum-free: 500MiB }
                  main: { url: "file:///r", recipients: [RECIPIENT], identity: file:age.key, host: db1 }
                temporal: { address: "t:1", namespace: n, profile: p, search-attributes: off }
                clusters:
                  db1: { url: "postgresql://u@h?sslmode=require", password: env:DB1 }
                databases:
                  orders:
                    cluster: db1
                    name: 'Ord "ers" 🚢'
                    backup:
                      to: [main, far]
                      optional: [far]
                      compression-level: 19
                      give-up-after: 90s
                      finish-alone: 7d
                      stalled-after: 26h
                      copy-give-up-after: 3d
                      exclude-data: [public.sessions, 'odd."table"']
                      rate-limit: 50MB
                      count: sample:20
                      fingerprints: off
                      globals: off
                      verify: off
                      on-blocked: yield
                      blocked-after: 5s
                      warn-when-size-changes: 35%
                      schedule: { daily: "0 2 * * *", yearly: "0 2 1 1 *" }
                      zone: Europe/Berlin
                      jitter: 5m
                      catch-up: 6h
                signing: { key: file:signing.key, trusted: [MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=] }
                worker: { write-slots: 1, read-slots: 3, state: state, http: "[::1]:0" }
                """);

        assertThat(settings.repositories().keySet()).containsExactly("far", "main");
        assertThat(settings.repository("far").folder()).contains(folder.resolve("far"));
        assertThat(settings.repository("far").minimumFree()).isEqualTo(500L << 20);
        assertThat(settings.repository("main").folder()).contains(Path.of("/r"));
        assertThat(settings.repository("main").host()).contains("db1");
        assertThat(settings.repository("main").identity())
                .hasToString("Optional[file:" + folder.resolve("age.key") + "]");
        assertThat(settings.temporal()).isEqualTo(new TemporalSettings("t:1", "n", Optional.of("p"), false));
        assertThat(settings.clusters().values())
                .extracting(cluster -> cluster.server().database())
                .containsExactly("postgres");
        assertThat(settings.server("orders").database()).isEqualTo("Ord \"ers\" 🚢");
        assertThat(settings.server("orders").password()).hasToString("Optional[env:DB1]");
        assertThat(settings.database("orders").backup())
                .isEqualTo(new BackupSettings(
                        "pg_dump",
                        List.of("main", "far"),
                        19,
                        Duration.ofSeconds(90),
                        Duration.ofDays(7),
                        Duration.ofHours(26),
                        List.of("far"),
                        Duration.ofDays(3),
                        new ReadingSettings(
                                List.of("public.sessions", "odd.\"table\""),
                                OptionalLong.of(50_000_000),
                                new CountRule.Sample(20),
                                false,
                                false,
                                ReadingSettings.OnBlocked.YIELD,
                                Duration.ofSeconds(5)),
                        false,
                        35,
                        new BackupSchedule(
                                Map.of(
                                        Rhythm.DAILY, new Timetable(Cron.of("0 2 * * *"), ZoneId.of("Europe/Berlin")),
                                        Rhythm.YEARLY, new Timetable(Cron.of("0 2 1 1 *"), ZoneId.of("Europe/Berlin"))),
                                Duration.ofMinutes(5),
                                Optional.of(Duration.ofHours(6)))));
        assertThat(settings.database("orders").backup().further()).containsExactly("far");
        assertThat(settings.signing().key()).hasToString("Optional[file:" + folder.resolve("signing.key") + "]");
        assertThat(settings.signing().trusted()).hasSize(1);
        assertThat(settings.database("orders").backup().home()).isEqualTo("main");
        assertThat(settings.worker())
                .isEqualTo(new WorkerSettings(1, 3, folder.resolve("state"), Optional.of(new HttpAddress("::1", 0))));
    }

    @Test
    void a_repository_may_lie_in_a_bucket() {
        Settings settings = Written.load(folder, """
                repositories:
                  main:
                    url: "s3://acme-backups/lifeboat/one/"
                    region: eu-central-1
                    recipients: [RECIPIENT]
                    credentials:
                      write: { profile: writer }
                      read: { access-key: env:READ_ID, secret-key: file:read.key }
                    storage-class: STANDARD_IA
                    lock: compliance
                    locked-for: { default: 7d, monthly: 400d }
                    upload-parallelism: 8
                  own:
                    url: "s3://acme"
                    endpoint: "https://s3.example.com:9000"
                    certificate-authority: ca.pem
                    recipients: [RECIPIENT]
                databases:
                  simple: { url: "postgresql://u@h/simple", backup: { to: [main, own] } }
                """);

        Location.Bucket main = (Location.Bucket) settings.repository("main").location();
        assertThat(main.url()).isEqualTo("s3://acme-backups/lifeboat/one");
        assertThat(main.region()).contains("eu-central-1");
        assertThat(main.pathStyle()).isFalse();
        assertThat(main.serverEncryption()).isEqualTo("AES256");
        assertThat(main.credentials(StoreRight.WRITE)).isEqualTo(new Credentials.Profile("writer"));
        assertThat(main.credentials(StoreRight.READ).toString()).contains("env:READ_ID");
        assertThat(main.credentials(StoreRight.DELETE)).isEqualTo(new Credentials.UsualChain());
        assertThat(main.storageClass()).containsExactly(Map.entry("default", "STANDARD_IA"));
        assertThat(main.lockMode()).contains(Location.LockMode.COMPLIANCE);
        assertThat(main.lockedFor()).containsEntry("monthly", Duration.ofDays(400));
        assertThat(main.uploadParallelism()).isEqualTo(8);
        assertThat(settings.repository("own").url()).isEqualTo("s3://acme");
        Location.Bucket own = (Location.Bucket) settings.repository("own").location();
        assertThat(own.pathStyle()).isTrue();
        assertThat(own.serverEncryption()).isEqualTo("none");
        assertThat(own.authority()).contains(folder.resolve("ca.pem"));
    }

    @Test
    void a_database_of_a_cluster_has_its_own_name_on_the_server_unless_told_otherwise() {
        Settings settings = Written.load(folder, MAIN + """
                clusters:
                  db1: { url: "postgresql://u@h" }
                databases:
                  orders: { cluster: db1 }
                """);

        assertThat(settings.server("orders").database()).isEqualTo("orders");
    }

    @Test
    void the_state_folder_follows_the_xdg_rules() {
        Path file = Written.file(folder, MAIN + SIMPLE);

        assertThat(Settings.load(file, Map.of("HOME", "/h", "XDG_STATE_HOME", "/s"))
                        .worker()
                        .state())
                .isEqualTo(Path.of("/s/lifeboat"));
        assertThat(Settings.load(file, Map.of("HOME", "/h", "XDG_STATE_HOME", "relative"))
                        .worker()
                        .state())
                .isEqualTo(Path.of("/h/.local/state/lifeboat"));
    }

    @Test
    void comments_formatting_and_order_do_not_change_the_hash_and_content_does() {
        String hash = Written.load(folder, MAIN + SIMPLE).sha256();

        String otherwiseWritten = "# hello\n" + SIMPLE.replace("{ url", "{   url") + MAIN.replace("\"", "'");
        assertThat(Written.load(folder, otherwiseWritten).sha256())
                .isEqualTo(hash)
                .hasSize(64);
        assertThat(Written.load(folder, MAIN + SIMPLE.replace("u@h", "u@g")).sha256())
                .isNotEqualTo(hash);
    }

    @Test
    void an_unknown_database_or_repository_is_answered_with_the_nearest_spelling() {
        Settings settings = Written.load(folder, MAIN + SIMPLE);

        assertThatThrownBy(() -> settings.server("simpel"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("databases: there is no database 'simpel'\nHint: did you mean 'simple'?");
        assertThatThrownBy(() -> settings.repository("x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("repositories: there is no repository 'x'\nHint: known here: main.");
    }
}
