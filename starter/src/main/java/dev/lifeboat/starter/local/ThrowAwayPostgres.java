package dev.lifeboat.starter.local;

import dev.lifeboat.starter.terminal.CommandException;
import dev.lifeboat.starter.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A PostgreSQL server of its own in one folder: loopback address, a free port, a password nobody else knows. Under root
 * it runs as the user {@code postgres}.
 */
public final class ThrowAwayPostgres implements AutoCloseable {

    /** The superuser of the server. */
    public static final String USER = "lifeboat";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    // The longest path that fits into a socket's address, less the name of the socket.
    private static final int LONGEST_SOCKET_FOLDER = 85;

    private final Path programs;
    private final Path folder;
    private final int port;
    private final String password;
    private final boolean root;

    private ThrowAwayPostgres(Path programs, Path folder) {
        this.programs = programs;
        this.folder = folder.toAbsolutePath();
        this.port = FreePort.any();
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
        this.root = Superuser.isMe();
    }

    /**
     * Makes a server in {@code folder}, which must not exist yet, and starts it.
     *
     * @param programs the folder with {@code initdb} and {@code pg_ctl}
     */
    public static ThrowAwayPostgres start(Path programs, Path folder) {
        ThrowAwayPostgres server = new ThrowAwayPostgres(programs, folder);
        try {
            server.prepare();
            server.initialize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.begin();
        return server;
    }

    public int port() {
        return port;
    }

    /** For the configuration's password file; in no log and no command line. */
    public String password() {
        return password;
    }

    /** The address of a database on it, without the password. */
    public String url(String database) {
        return "postgresql://%s@127.0.0.1:%d/%s".formatted(USER, port, database);
    }

    /** The address of a database on it for JDBC, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    public Path programs() {
        return programs;
    }

    public Path log() {
        return folder.resolve("postgres.log");
    }

    /** Starts it again after {@link #kill} or {@link #close}. */
    public void begin() {
        String options =
                "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='%s'".formatted(port, sockets());
        ended(run("pg_ctl", "-D", data(), "-l", log().toString(), "-w", "-t", "60", "-o", options, "start"), "start");
    }

    /** The process id of its first process. */
    public long pid() {
        try {
            List<String> command = List.of(
                    "head", "-n", "1", folder.resolve("data/postmaster.pid").toString());
            Program.Ended ended = new Program(root ? Superuser.stepDown(command) : command, java.util.Map.of())
                    .run(Duration.ofSeconds(10));
            return Long.parseLong(ended.said().strip());
        } catch (NumberFormatException e) {
            throw new CommandException(
                    ExitCode.BAD, "the PostgreSQL server in '%s' is not running".formatted(folder), "", e);
        }
    }

    /** Stops it at once, as a crash would. */
    public void kill() {
        run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    /** Stops it; open connections are ended. The folder stays. */
    @Override
    public void close() {
        run("pg_ctl", "-D", data(), "-m", "fast", "-w", "-t", "30", "stop");
    }

    private void prepare() throws IOException {
        Folders.makePrivate(folder);
        if (root) {
            Superuser.giveAway(folder);
            Program.Ended entered = new Program(
                            Superuser.stepDown(List.of("test", "-w", folder.toString())), java.util.Map.of())
                    .run(Duration.ofSeconds(10));
            if (!entered.well()) {
                throw CommandException.usage(
                        "the user '%s', as whom PostgreSQL runs, cannot enter '%s'"
                                .formatted(Superuser.UNPRIVILEGED, folder),
                        "Name a folder below /tmp or /var/tmp with --dir.");
            }
        }
    }

    private void initialize() throws IOException {
        Path passwordFile = folder.resolve("password");
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password + "\n");
        if (root) {
            Superuser.giveAway(passwordFile);
        }
        if (!sockets().isEmpty()) {
            Folders.makePrivate(Path.of(sockets()));
            if (root) {
                Superuser.giveAway(Path.of(sockets()));
            }
        }
        try {
            List<String> words = List.of(
                    "--username=" + USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                    "-D",
                    data());
            ended(run("initdb", words.toArray(String[]::new)), "make");
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** Empty, which means no socket at all, where the path would be too long or would need quoting. */
    private String sockets() {
        String sockets = folder.resolve("sockets").toString();
        return sockets.length() > LONGEST_SOCKET_FOLDER || !sockets.matches("[A-Za-z0-9/._-]+") ? "" : sockets;
    }

    private Program.Ended run(String program, String... words) {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(words));
        return new Program(root ? Superuser.stepDown(command) : command, java.util.Map.of("LC_ALL", "C")).run(LIMIT);
    }

    private void ended(Program.Ended ended, String verb) {
        if (!ended.well()) {
            throw new CommandException(
                    ExitCode.BAD,
                    "PostgreSQL could not %s a server in '%s': %s".formatted(verb, folder, ended.lastWords()),
                    "Its log is '%s'.".formatted(log()));
        }
    }
}
