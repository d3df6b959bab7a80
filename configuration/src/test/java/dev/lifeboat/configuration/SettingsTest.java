package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.MAIN;
import static dev.lifeboat.configuration.Written.RECIPIENT;
import static dev.lifeboat.configuration.Written.SIMPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                        Path.of("/r"),
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
                        Duration.ofMinutes(10)));
        assertThat(settings.temporal())
                .isEqualTo(new TemporalSettings("127.0.0.1:7233", "default", Optional.empty(), true));
        assertThat(settings.worker()).isEqualTo(new WorkerSettings(2, 2, Path.of("/home/ann/.local/state/lifeboat")));
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
                    backup: { to: [main], compression-level: 19, give-up-after: 90s, finish-alone: 7d, stalled-after: 26h }
                worker: { write-slots: 1, read-slots: 3, state: state }
                """);

        assertThat(settings.repositories().keySet()).containsExactly("far", "main");
        assertThat(settings.repository("far").folder()).isEqualTo(folder.resolve("far"));
        assertThat(settings.repository("far").minimumFree()).isEqualTo(500L << 20);
        assertThat(settings.repository("main").folder()).isEqualTo(Path.of("/r"));
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
                        List.of("main"),
                        19,
                        Duration.ofSeconds(90),
                        Duration.ofDays(7),
                        Duration.ofHours(26)));
        assertThat(settings.database("orders").backup().home()).isEqualTo("main");
        assertThat(settings.worker()).isEqualTo(new WorkerSettings(1, 3, folder.resolve("state")));
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
