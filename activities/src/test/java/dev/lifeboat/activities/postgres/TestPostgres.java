package dev.lifeboat.activities.postgres;

import dev.lifeboat.configuration.Place;
import dev.lifeboat.configuration.SecretRef;
import dev.lifeboat.configuration.ServerAddress;
import dev.lifeboat.repository.store.TestPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.PGProperty;

/** A real PostgreSQL server on a free loopback port, in a folder of its own, gone when it is closed. */
public final class TestPostgres implements AutoCloseable {

    public static final String USER = "lifeboat";

    /** Planted: it must never be seen in a history, a log, an argument list or a file that others can read. */
    public static final String PASSWORD = "pl4nted:s\\ecret";

    private final Path folder;
    private final int port;
    private final Path binaries;

    private TestPostgres(Path folder, int port, Path binaries) {
        this.folder = folder;
        this.port = port;
        this.binaries = binaries;
    }

    public static TestPostgres start() {
        return start(List.of());
    }

    /** A server with more lines in its {@code postgresql.conf}. */
    public static TestPostgres start(List<String> settings) {
        Path binaries = find();
        try {
            Path folder = Files.createTempDirectory("lifeboat-postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            TestPostgres server = new TestPostgres(folder, TestPort.free(), binaries);
            server.initialise(settings);
            server.up();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** The server's log, with every statement if {@code log_statement = all} was set. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** The folder of initdb, psql and pg_restore. */
    public Path binaries() {
        return binaries;
    }

    /** A file with the password, as {@code lifeboat.yml} refers to it. */
    public Path passwordFile() {
        return folder.resolve("password-of-the-client");
    }

    public ServerAddress address(String database) {
        return new ServerAddress(
                "127.0.0.1",
                port,
                USER,
                database,
                Optional.of(SecretRef.parse("file:" + passwordFile(), new Place(folder, 0, "test"))),
                Map.of());
    }

    public Connection connect(String database) {
        Properties properties = new Properties();
        PGProperty.PG_DBNAME.set(properties, database);
        PGProperty.USER.set(properties, USER);
        PGProperty.PASSWORD.set(properties, PASSWORD);
        try {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/".formatted(port), properties);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String query(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void createDatabase(String name) {
        execute("postgres", "CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
    }

    /** Runs a client program against this server and returns what it said; fails if it fails. */
    public String client(String program, String... arguments) {
        List<String> line = new ArrayList<>(List.of(binaries.resolve(program).toString()));
        line.addAll(List.of(arguments));
        return run(
                line,
                Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        Integer.toString(port),
                        "PGUSER",
                        USER,
                        "PGPASSWORD",
                        PASSWORD));
    }

    public void up() {
        asServerUser("pg_ctl", "-D", data(), "-l", folder.resolve("log").toString(), "-w", "-t", "60", "start");
    }

    public void stop(String mode) {
        asServerUser("pg_ctl", "-D", data(), "-m", mode, "-w", "-t", "60", "stop");
    }

    @Override
    public void close() {
        try {
            stop("immediate");
        } catch (IllegalStateException e) {
            // it may be down already; the folder goes in any case
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise(List<String> settings) throws IOException {
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        Files.writeString(passwordFile(), PASSWORD + "\n");
        Files.setPosixFilePermissions(passwordFile(), PosixFilePermissions.fromString("rw-------"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Path socket = Files.createDirectory(folder.resolve("socket"));
        if (isRoot()) {
            run(
                    List.of(
                            "chown",
                            "postgres",
                            folder.toString(),
                            data.toString(),
                            socket.toString(),
                            password.toString()),
                    Map.of());
        }
        asServerUser(
                "initdb",
                "-D",
                data(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--no-instructions");
        List<String> lines = new ArrayList<>(List.of(
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = '" + socket + "'",
                "fsync = off",
                "max_connections = 60",
                "timezone = 'UTC'",
                "log_timezone = 'UTC'"));
        lines.addAll(settings);
        Path configuration = folder.resolve("test.conf");
        Files.write(configuration, lines);
        asServerUser("postgres", "-D", data(), "-C", "data_directory");
        run(
                List.of(
                        "sh",
                        "-c",
                        "cat \"$1\" >> \"$2\"",
                        "sh",
                        configuration.toString(),
                        data() + "/postgresql.conf"),
                Map.of());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void asServerUser(String program, String... arguments) {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("runuser", "-u", "postgres", "--")); // servers refuse to run as root
        }
        line.add(binaries.resolve(program).toString());
        line.addAll(List.of(arguments));
        run(line, Map.of());
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String run(List<String> line, Map<String, String> environment) {
        try {
            Path said = Files.createTempFile("lifeboat-said", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.directory(Path.of("/").toFile());
            Process process = builder.start();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            String words = Files.readString(said);
            Files.delete(said);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", line) + ": " + words);
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path find() {
        List<Path> folders = new ArrayList<>();
        Optional.ofNullable(System.getenv("LIFEBOAT_PG_BIN")).map(Path::of).ifPresent(folders::add);
        try (Stream<Path> versions = Files.isDirectory(Path.of("/usr/lib/postgresql"))
                ? Files.list(Path.of("/usr/lib/postgresql"))
                : Stream.empty()) {
            versions.map(it -> it.resolve("bin")).forEach(folders::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Optional<Path> found = folders.stream()
                .filter(it -> Files.isExecutable(it.resolve("initdb")))
                .findFirst();
        String reason = "no PostgreSQL server programs here; Debian: apt-get install postgresql";
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        Assumptions.assumeTrue(found.isPresent(), reason);
        return found.orElseThrow();
    }
}
