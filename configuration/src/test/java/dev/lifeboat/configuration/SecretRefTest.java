package dev.lifeboat.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRefTest {

    @TempDir
    private Path folder;

    private Place place = new Place(Path.of("/"), 0, "");

    @BeforeEach
    void placeInTheFolder() {
        place = new Place(folder.resolve("lifeboat.yml"), 7, "clusters.db1.password");
    }

    @Test
    void reads_a_variable() {
        assertThat(SecretRef.parse("env:DB1", place).read(Map.of("DB1", "s3cret")))
                .isEqualTo("s3cret");
    }

    @Test
    void reads_a_file_beside_the_settings_and_one_anywhere() throws IOException {
        Path file = secret("s3cret", "rw-------");

        assertThat(SecretRef.parse("file:password", place).read()).isEqualTo("s3cret");
        assertThat(SecretRef.parse("file:" + file, place).read()).isEqualTo("s3cret");
    }

    @Test
    void takes_off_one_line_end_and_nothing_else() throws IOException {
        secret(" s3cret \n\n", "rw-------");
        assertThat(SecretRef.parse("file:password", place).read()).isEqualTo(" s3cret \n");
        secret("s3cret\r\n", "rw-------");
        assertThat(SecretRef.parse("file:password", place).read()).isEqualTo("s3cret");
    }

    @Test
    void says_which_variable_is_missing_and_where_it_is_wanted() {
        assertThat(refusal("env:DB1", Map.of()))
                .isEqualTo("lifeboat.yml:7: clusters.db1.password: the environment has no variable 'DB1'\n"
                        + "Hint: set it for the process that needs it, as in: export DB1=…");
        assertThat(refusal("env:DB1", Map.of("DB1", " "))).contains("the variable 'DB1' is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-"})
    void refuses_a_file_that_others_may_read(String permissions) throws IOException {
        Path file = secret("s3cret", permissions);

        assertThat(refusal("file:password", Map.of()))
                .contains("may be read by others\nHint: chmod 600 " + file.getFileName());
    }

    @Test
    @Timeout(10)
    void a_pipe_that_nobody_writes_to_is_refused_and_not_waited_for() throws Exception {
        Path pipe = folder.resolve("password");
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(refusal("file:password", Map.of())).contains("is not a regular file");
    }

    @Test
    void says_what_is_wrong_with_a_file() throws IOException {
        assertThat(refusal("file:password", Map.of())).contains("the file 'password' does not exist");
        assertThat(refusal("file:.", Map.of())).contains("is a folder");
        secret("\n", "rw-------");
        assertThat(refusal("file:password", Map.of())).contains("is empty");
        secret("x".repeat(70_000), "rw-------");
        assertThat(refusal("file:password", Map.of())).contains("is larger than 64 KiB");
        Files.write(folder.resolve("password"), new byte[] {(byte) 0xff, 1});
        assertThat(refusal("file:password", Map.of())).contains("is not UTF-8 text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "env:",
                "env:hunter2!",
                "ENV:hunter2",
                "aws-sm:hunter2",
                "vault:hunter2",
                "file:",
                "file:~/hunter2"
            })
    void refuses_everything_else_without_repeating_it(String reference) {
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> SecretRef.parse(reference, place));

        assertThat(thrown)
                .hasMessageContaining("lifeboat.yml:7: clusters.db1.password: ")
                .hasNoCause();
        assertThat(thrown.getMessage()).doesNotContain("hunter2");
    }

    private Path secret(String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private String refusal(String reference, Map<String, String> environment) {
        SecretRef secret = SecretRef.parse(reference, place);
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> secret.read(environment));
        assertThat(thrown).hasNoCause();
        assertThat(thrown.getMessage()).doesNotContain("s3cret");
        return thrown.getMessage().replace(folder + "/", "");
    }
}
