package dev.lifeboat.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeboat.configuration.Place;
import dev.lifeboat.configuration.SecretRef;
import dev.lifeboat.configuration.ServerAddress;
import dev.lifeboat.repository.store.TestPort;
import dev.lifeboat.workflows.model.FailureType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JdbcSqlTest {

    // The second is said while sessions that are just closed have the slots that are reserved.
    private static final Pattern FULL = Pattern.compile("connection slots|too many clients");
    private static TestPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = TestPostgres.start(List.of("max_connections = 8", "superuser_reserved_connections = 2"));
        server.execute(
                "postgres",
                "CREATE ROLE nobody LOGIN PASSWORD 'pl4nted:s\\ecret'",
                "CREATE ROLE group_of_people PASSWORD 'pl4nted:s\\ecret'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "Two Words", "o'rders", "\"quoted\"", "🛟", "a=b", "a&b?c=d#e", "../up", "%41", "$(id)"
            })
    void any_name_of_a_database_is_reached_or_missed_by_exactly_that_name(String name) throws Exception {
        String refused = Expected.permanent(FailureType.DATABASE_NOT_FOUND, () -> connect(server.address(name)));
        assertThat(refused).contains("has no database '" + name + "'");

        server.createDatabase(name);
        try (Connection connection = new JdbcSql().connect(server.address(name), "test")) {
            assertThat(one(connection, "SELECT current_database()")).isEqualTo(name);
        }
        server.execute("postgres", "DROP DATABASE \"" + name.replace("\"", "\"\"") + "\"");
    }

    @Test
    void the_session_writes_values_in_one_way_whatever_database_and_machine_say() throws Exception {
        server.createDatabase("odd");
        server.execute(
                "odd",
                "ALTER DATABASE odd SET timezone = 'Asia/Tokyo'",
                "ALTER DATABASE odd SET datestyle = 'German'",
                "ALTER DATABASE odd SET bytea_output = 'escape'",
                "ALTER DATABASE odd SET search_path = 'public'",
                "ALTER DATABASE odd SET statement_timeout = '1s'");

        try (Connection connection = new JdbcSql().connect(server.address("odd"), "lifeboat test")) {
            assertThat(one(
                            connection,
                            "SELECT concat_ws('|', timestamptz '2026-01-02 03:04:05+09', bytea 'a', 0.1::float8 + 0.2::float8,"
                                    + " interval '1 day 2 hours', current_setting('search_path'),"
                                    + " current_setting('statement_timeout'), current_setting('application_name'))"))
                    .isEqualTo("2026-01-01 18:04:05+00|\\x61|0.30000000000000004|1 day 02:00:00|\"\"|0|lifeboat test");
        }
    }

    @Test
    void a_wrong_password_is_said_as_such() throws Exception {
        assertThat(Expected.permanent(
                        FailureType.LOGIN_REFUSED, () -> connect(with(server.address("postgres"), "wr0ng"))))
                .contains("refuses the password of 'lifeboat'")
                .doesNotContain("wr0ng");
    }

    @Test
    void no_password_where_the_server_wants_one_is_said_as_such() {
        ServerAddress address = server.address("postgres");
        ServerAddress without = new ServerAddress(
                address.host(), address.port(), address.user(), "postgres", Optional.empty(), Map.of());

        assertThat(Expected.permanent(FailureType.LOGIN_REFUSED, () -> connect(without)))
                .contains("no password");
    }

    @Test
    void a_role_that_is_not_there_or_may_not_log_in_is_said_as_such() {
        Expected.permanent(FailureType.LOGIN_REFUSED, () -> connect(as("not there")));
        assertThat(Expected.permanent(FailureType.LOGIN_REFUSED, () -> connect(as("group_of_people"))))
                .contains("group_of_people");
    }

    @Test
    void a_server_that_is_not_there_is_trouble_that_passes() throws Exception {
        int nobody = TestPort.free();

        assertThat(Expected.passing("SERVER_UNREACHABLE", () -> connect(at(nobody, Map.of()))))
                .contains("127.0.0.1:" + nobody);
    }

    @Test
    void a_name_that_leads_nowhere_is_trouble_that_passes() {
        ServerAddress nowhere = new ServerAddress(
                "db1.invalid",
                5432,
                "lifeboat",
                "orders",
                server.address("orders").password(),
                Map.of());

        assertThat(Expected.passing("SERVER_UNREACHABLE", () -> connect(nowhere)))
                .contains("db1.invalid", "no address is known");
    }

    @Test
    @Tag("slow")
    void a_port_that_accepts_and_never_answers_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Instant begun = Instant.now();

            Expected.passing("SERVER_UNREACHABLE", () -> connect(at(silent.getLocalPort(), Map.of())));

            assertThat(Duration.between(begun, Instant.now()))
                    .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(50));
        }
    }

    @Test
    void a_server_without_TLS_where_TLS_is_wanted_is_said_as_such() {
        assertThat(Expected.permanent(
                        FailureType.TLS_REFUSED, () -> connect(at(server.port(), Map.of("sslmode", "require")))))
                .contains("sslmode");
    }

    @Test
    @Tag("slow")
    void a_certificate_that_nobody_vouches_for_is_said_as_such() throws Exception {
        try (TestPostgres tls = TestPostgres.start()) {
            Path data = tls.folder().resolve("data");
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "req",
                            "-new",
                            "-x509",
                            "-nodes",
                            "-days",
                            "2",
                            "-subj",
                            "/CN=elsewhere",
                            "-keyout",
                            data.resolve("server.key").toString(),
                            "-out",
                            data.resolve("server.crt").toString())
                    .redirectErrorStream(true)
                    .start();
            openssl.inputReader().lines().forEach(line -> {});
            assertThat(openssl.waitFor()).isZero();
            Path other = folder.resolve("other.crt");
            Files.copy(data.resolve("server.crt"), other);
            var owner = Files.getOwner(data);
            Files.setOwner(data.resolve("server.key"), owner);
            Files.setOwner(data.resolve("server.crt"), owner);
            Files.setPosixFilePermissions(data.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
            tls.execute("postgres", "ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> tls.query("postgres", "SHOW ssl").equals("on"));

            connect(address(tls, Map.of("sslmode", "require")));
            Expected.permanent(FailureType.TLS_REFUSED, () -> connect(address(tls, Map.of("sslmode", "verify-full"))));
            // Known, but it names another host.
            connect(address(tls, Map.of("sslmode", "verify-ca", "sslrootcert", other.toString())));
            assertThat(Expected.permanent(
                            FailureType.TLS_REFUSED,
                            () -> connect(
                                    address(tls, Map.of("sslmode", "verify-full", "sslrootcert", other.toString())))))
                    .contains("127.0.0.1");

            Path rules = data.resolve("pg_hba.conf");
            Files.writeString(rules, "host all lifeboat 127.0.0.1/32 reject\n");
            Files.setOwner(rules, owner);
            tls.stop("fast");
            tls.up();
            Expected.permanent(FailureType.LOGIN_REFUSED, () -> connect(address(tls, Map.of())));
            Files.writeString(rules, "hostnossl all all 127.0.0.2/32 scram-sha-256\n");
            tls.stop("fast");
            tls.up();
            assertThat(Expected.permanent(
                            FailureType.LOGIN_REFUSED, () -> connect(address(tls, Map.of("sslmode", "disable")))))
                    .contains("pg_hba.conf");
        }
    }

    @Test
    void a_server_that_is_full_is_trouble_that_passes() throws Exception {
        List<Connection> taken = new ArrayList<>();
        try {
            // A session that was just closed keeps its slot for a moment.
            while (taken.size() < 6) {
                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptionsMatching(it ->
                                FULL.matcher(String.valueOf(it.getMessage())).find())
                        .until(() -> taken.add(new JdbcSql().connect(as("nobody"), "test")));
            }
            assertThat(Expected.passing("SERVER_UNREACHABLE", () -> connect(as("nobody"))))
                    .containsPattern(FULL);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    private static void connect(ServerAddress address) throws Exception {
        new JdbcSql().connect(address, "test").close();
    }

    private static String one(Connection connection, String query) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private ServerAddress with(ServerAddress address, String password) throws Exception {
        Path file = folder.resolve("password");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password);
        return new ServerAddress(
                address.host(),
                address.port(),
                address.user(),
                address.database(),
                Optional.of(SecretRef.parse("file:" + file, new Place(file, 0, "test"))),
                Map.of());
    }

    private static ServerAddress as(String user) {
        ServerAddress address = server.address("postgres");
        return new ServerAddress(address.host(), address.port(), user, "postgres", address.password(), Map.of());
    }

    private static ServerAddress at(int port, Map<String, String> parameters) {
        ServerAddress address = server.address("postgres");
        return new ServerAddress(address.host(), port, address.user(), "postgres", address.password(), parameters);
    }

    private static ServerAddress address(TestPostgres server, Map<String, String> parameters) {
        ServerAddress address = server.address("postgres");
        return new ServerAddress(
                address.host(), address.port(), address.user(), "postgres", address.password(), parameters);
    }
}
