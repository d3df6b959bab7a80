package dev.lifeboat.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.activities.programs.Child;
import dev.lifeboat.activities.programs.Command;
import dev.lifeboat.activities.programs.GatedPrograms;
import dev.lifeboat.activities.programs.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    private static TestPostgres server;

    @TempDir
    Path state;

    private Path scratch;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void makeScratch() {
        scratch = new Scratch(state).folder();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "Two Words",
                "o'rders",
                "\"quoted\"",
                "🛟",
                "a=b dbname=postgres",
                "../up",
                "$(id)",
                "%s"
            })
    void a_program_logs_in_with_a_secret_that_needs_escaping_and_reaches_the_named_database(String name)
            throws Exception {
        server.createDatabase(name);

        try (Login login = Login.to(server.address(name), scratch)) {
            assertThat(ask(login, "SELECT current_database()")).isEqualTo(name);
        } finally {
            server.execute("postgres", "DROP DATABASE \"" + name.replace("\"", "\"\"") + "\"");
        }
    }

    @Test
    void only_we_can_read_the_password_and_only_while_it_is_needed() throws Exception {
        Login login = Login.to(server.address("postgres"), scratch);
        Path file = Path.of(login.environment("test").get("PGPASSFILE"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        login.close();

        assertThat(file).doesNotExist();
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void neither_environment_nor_arguments_hold_the_secret() throws Exception {
        try (Login login = Login.to(server.address("postgres"), scratch);
                Child child = new GatedPrograms(state).start("test", psql(login, "SELECT pg_sleep(60)"))) {
            Path process = Path.of("/proc", Long.toString(child.pid()));
            String psql = server.binaries().resolve("psql").toString();
            // First they are the gate's, and between the gate and the program both are empty for a moment.
            Shown shown = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> Shown.by(process),
                            it -> it.arguments().startsWith(psql)
                                    && it.environment().contains("PGPASSFILE="));

            assertThat(shown.environment()).doesNotContain(TestPostgres.PASSWORD, "s\\\\ecret");
            assertThat(shown.arguments()).doesNotContain(TestPostgres.PASSWORD, "s\\\\ecret");
            assertThat(login.environment("test").values())
                    .noneMatch(it -> it.contains("ecret") && !it.contains("pgpass"));
        }
    }

    @Test
    void the_session_writes_values_as_ours_does_whatever_the_database_says() throws Exception {
        server.createDatabase("odd");
        server.execute(
                "odd",
                "ALTER DATABASE odd SET timezone = 'Asia/Tokyo'",
                "ALTER DATABASE odd SET bytea_output = 'escape'",
                "ALTER DATABASE odd SET xmlbinary = 'hex'",
                "ALTER DATABASE odd SET statement_timeout = '1s'");

        try (Login login = Login.to(server.address("odd"), scratch)) {
            assertThat(ask(
                            login,
                            "SELECT concat_ws(' ', current_setting('timezone'), current_setting('bytea_output'),"
                                    + " current_setting('xmlbinary'), current_setting('statement_timeout'))"))
                    .isEqualTo("UTC hex base64 0");
        }
    }

    private String ask(Login login, String query) throws Exception {
        try (Child child = new GatedPrograms(state).start("test", psql(login, query))) {
            String said = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.end()).as(child.errors()).isZero();
            return said.strip();
        }
    }

    private static Command psql(Login login, String query) {
        return new Command(
                server.binaries().resolve("psql"),
                List.of("--no-password", "-XAtc", query),
                Map.copyOf(login.environment("test")));
    }

    /** What others may see of a process; its arguments are read first, so the environment is not of an earlier program. */
    private record Shown(String arguments, String environment) {

        static Shown by(Path process) throws IOException {
            return new Shown(
                    Files.readString(process.resolve("cmdline")), Files.readString(process.resolve("environ")));
        }
    }
}
