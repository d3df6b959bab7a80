package dev.lifeboat.starter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ThrowAwayPostgresTest {

    @Test
    void it_answers_with_its_password_only_and_is_gone_after_close() throws IOException, SQLException {
        // Not JUnit's folder: under root another user must be able to enter it.
        Path folder = Files.createTempDirectory(
                Path.of("/tmp"),
                "lifeboat-test-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        int port;
        try (ThrowAwayPostgres server = ThrowAwayPostgres.start(Tools.postgres(), folder.resolve("server"))) {
            port = server.port();
            long pid = server.pid();
            assertThat(ask(server, server.password())).isEqualTo("lifeboat");
            assertThatThrownBy(() -> ask(server, "wrong")).hasMessageContaining("password authentication failed");
            server.kill();
            server.begin();
            assertThat(ask(server, server.password())).isEqualTo("lifeboat");
            assertThat(server.pid()).isNotEqualTo(pid);
        }

        assertThat(FreePort.isFree(port)).isTrue();
        assertThat(folder.resolve("server/password")).doesNotExist();
        Program.of("rm", "-rf", folder.toString()).run(java.time.Duration.ofSeconds(10));
    }

    private static String ask(ThrowAwayPostgres server, String password) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), ThrowAwayPostgres.USER, password);
                var result = connection.createStatement().executeQuery("select current_user")) {
            result.next();
            return result.getString(1);
        }
    }
}
