package dev.lifeboat.activities.postgres;

import dev.lifeboat.configuration.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a client program logs in: an environment without secrets, and a password file that only we can read and that is
 * gone when this is closed.
 */
public final class Login implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Login.class);
    private static final FileAttribute<Set<PosixFilePermission>> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final ServerAddress address;
    private final Path passwordFile;

    private Login(ServerAddress address, Path passwordFile) {
        this.address = address;
        this.passwordFile = passwordFile;
    }

    /** Writes the password file below {@code scratch}, this process's own folder for what must not stay. */
    public static Login to(ServerAddress address, Path scratch) {
        try {
            Path file = Files.createTempFile(scratch, "login", ".pgpass", OURS);
            String secret = address.password().map(it -> it.read()).orElse("");
            // Any host, port, database and user: the file is for this one program alone.
            Files.writeString(file, "*:*:*:*:" + secret.replace("\\", "\\\\").replace(":", "\\:") + "\n");
            return new Login(address, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a password file below '%s'".formatted(scratch), e);
        }
    }

    /** What libpq reads. Names go here and not into arguments: a name with `=` would be read as a connection string. */
    public Map<String, String> environment(String purpose) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", address.host());
        environment.put("PGPORT", Integer.toString(address.port()));
        environment.put("PGUSER", address.user());
        environment.put("PGDATABASE", address.database());
        environment.put("PGPASSFILE", passwordFile.toString());
        environment.put("PGAPPNAME", purpose);
        environment.put("PGCONNECT_TIMEOUT", address.parameters().getOrDefault("connect_timeout", "10"));
        environment.put("PGTZ", "UTC");
        environment.put(
                "PGOPTIONS",
                "-c bytea_output=hex -c xmlbinary=base64 -c statement_timeout=0 -c idle_in_transaction_session_timeout=0");
        copy(environment, "sslmode", "PGSSLMODE");
        copy(environment, "sslrootcert", "PGSSLROOTCERT");
        copy(environment, "sslcert", "PGSSLCERT");
        copy(environment, "sslkey", "PGSSLKEY");
        return environment;
    }

    @Override
    public void close() {
        try {
            // Overwritten first, so that a copy-on-write snapshot taken later does not hold it.
            Files.write(passwordFile, "gone\n".getBytes(StandardCharsets.US_ASCII));
            Files.deleteIfExists(passwordFile);
        } catch (IOException e) {
            log.warn("the password file '{}' could not be removed", passwordFile, e);
        }
    }

    private void copy(Map<String, String> environment, String parameter, String variable) {
        String value = address.parameters().get(parameter);
        if (value != null) {
            environment.put(variable, value);
        }
    }
}
