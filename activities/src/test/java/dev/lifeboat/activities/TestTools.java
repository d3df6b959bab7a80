package dev.lifeboat.activities;

import dev.lifeboat.activities.postgres.ClientPrograms;
import dev.lifeboat.activities.postgres.JdbcSql;
import dev.lifeboat.activities.postgres.TestPostgres;
import dev.lifeboat.activities.programs.GatedPrograms;
import dev.lifeboat.activities.programs.Scratch;
import dev.lifeboat.configuration.Settings;
import dev.lifeboat.configuration.StoreRight;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.seal.AgeIdentity;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.workflows.activity.BackupOrder;
import dev.lifeboat.workflows.model.RunName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A worker's tools with everything real, below one folder: a {@code lifeboat.yml} with the database {@code orders} and
 * the repository {@code main}, keys, state and scratch.
 */
public final class TestTools {

    private final Path folder;
    private final AgeIdentity identity = AgeKeys.generate();
    private final Path passwordFile;
    private String databaseLines = "";
    private String signing;
    private String repositoryLines = "";
    private String otherLines = "";
    private UnaryOperator<Store> door = UnaryOperator.identity();
    private Map<String, String> environment = System.getenv();
    private String user = TestPostgres.USER;
    private final int port;

    public TestTools(Path folder, TestPostgres server) {
        this(folder, server.port(), server.passwordFile());
    }

    /** Without a server. */
    public TestTools(Path folder) {
        this(folder, 1, folder.resolve("no-password"));
    }

    private TestTools(Path folder, int port, Path passwordFile) {
        this.folder = folder;
        this.port = port;
        this.passwordFile = passwordFile;
        this.signing = "signing: { key: file:%s }".formatted(signingKeyFile());
        try {
            makeFolder(folder.resolve("state"));
            makeFolder(repositoryFolder());
            secret(identityFile(), identity.text());
            secret(signingKeyFile(), SigningKey.generate().pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void secret(Path file, String text) throws IOException {
        Files.writeString(
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                text);
    }

    private static void makeFolder(Path folder) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    public Path repositoryFolder() {
        return folder.resolve("repository");
    }

    public Path identityFile() {
        return folder.resolve("age.key");
    }

    public Path signingKeyFile() {
        return folder.resolve("signing.key");
    }

    /** As where nobody made a signing key. */
    public TestTools unsigned() {
        signing = "";
        return this;
    }

    public Path state() {
        return folder.resolve("state");
    }

    /** What stands between the activities and every store. */
    public TestTools door(UnaryOperator<Store> door) {
        this.door = door;
        return this;
    }

    public TestTools clientsBelow(Path folder) {
        environment = Map.of("LIFEBOAT_PG_BIN", folder.toString());
        return this;
    }

    /** More lines below {@code databases.orders}, without indentation. */
    public TestTools database(String lines) {
        databaseLines = lines;
        return this;
    }

    /** More lines below {@code repositories.main}, without indentation. */
    public TestTools repository(String lines) {
        repositoryLines = lines;
        return this;
    }

    /** More lines at the end of the file. */
    public TestTools settings(String lines) {
        otherLines = lines;
        return this;
    }

    public TestTools user(String name) {
        user = name;
        return this;
    }

    public Tools tools() {
        Settings settings = settings();
        GatedPrograms programs = new GatedPrograms(state());
        return new Tools(
                settings,
                new Repositories(settings, "here", door),
                programs,
                ClientPrograms.of(programs, environment),
                new JdbcSql(),
                new Scratch(state()).folder(),
                "here");
    }

    public Repository open() {
        return new Repositories(settings(), "here", door).openOrCreate("main", StoreRight.WRITE);
    }

    /** The order of a run whose name ends in {@code suffix}, four letters or digits. */
    public static BackupOrder order(String suffix) {
        RunName run = new RunName("backup-orders-20261121T031500Z-" + suffix);
        return new BackupOrder(run, run.backup(), "orders", "main");
    }

    private Settings settings() {
        String recipients = repositoryLines.contains("recipients:")
                ? ""
                : "recipients: [%s, %s]"
                        .formatted(identity.recipient(), AgeKeys.generate().recipient());
        String key = repositoryLines.contains("identity:") ? "" : "identity: file:" + identityFile();
        String text = """
                repositories:
                  main:
                    url: "file:%s"
                    minimum-free: 1MB
                    %s
                    %s
                    %s
                databases:
                  orders:
                    url: "postgresql://%s@127.0.0.1:%d/orders"
                    password: file:%s
                    %s
                %s
                """.formatted(
                        repositoryFolder(),
                        recipients,
                        key,
                        repositoryLines,
                        user,
                        port,
                        passwordFile,
                        databaseLines,
                        otherLines.contains("signing:") ? otherLines : signing + "\n" + otherLines);
        try {
            return Settings.load(Files.writeString(folder.resolve("lifeboat.yml"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
