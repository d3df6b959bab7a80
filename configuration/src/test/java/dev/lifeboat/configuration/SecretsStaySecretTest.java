package dev.lifeboat.configuration;

import static dev.lifeboat.configuration.Written.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is planted wherever one can be; nothing that can end in a log may show it. */
class SecretsStaySecretTest {

    private static final String PLANTED = "hunter2";

    @TempDir
    private Path folder;

    @Test
    void no_record_shows_a_secret_it_refers_to() throws Exception {
        Path secret = Files.writeString(folder.resolve("a.password"), PLANTED);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Settings settings = Written.load(folder, MAIN.replace(" }", ", identity: file:a.password }") + """
                clusters:
                  db1: { url: "postgresql://u@h", password: env:DB1 }
                databases:
                  orders: { cluster: db1 }
                  simple: { url: "postgresql://u@h/d", password: file:a.password }
                """);

        assertThat(settings.server("orders").password().orElseThrow().read(Map.of("DB1", PLANTED)))
                .isEqualTo(PLANTED);
        assertThat(settings.server("simple").password().orElseThrow().read()).isEqualTo(PLANTED);
        List<Object> everything = new ArrayList<>();
        collect(settings, everything);
        assertThat(everything)
                .hasAtLeastOneElementOfType(SecretRef.Variable.class)
                .hasAtLeastOneElementOfType(SecretRef.Stored.class);
        assertThat(everything).allSatisfy(part -> assertThat(part.toString()).doesNotContain(PLANTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url: \"postgresql://u:hunter2@h/d\"",
                "url: \"postgresql://u:a@hunter2@h/d\"",
                "url: \"postgresql://u:a/hunter2@h/d\"",
                "url: \"postgresql://u:5/hunter2@h/d\"",
                "url: \"postgresql://u:a?hunter2@h/d\"",
                "url: \"postgresql://u:hunter2%@h/d\"",
                "url: \"postgresql://u@h/d?password=hunter2\"",
                "url: \"postgresql://u@h/d?hunter2\"",
                "url: \"postgresql://u@h/d?sslmode=hunter2\"",
                "url: \"postgres:u:hunter2@h/d\"",
                "password: hunter2",
                "password: [hunter2]",
                "password: { value: hunter2 }",
                "password: *hunter2",
                "password: !hunter2!x y",
                "password: !hunter2 y",
                "password: @hunter2",
                "password: %hunter2",
                "password: 'hunter2",
                "password: \"hunter2\\q\"",
                "password: \"hunter2\n\u0001\"",
                "password: hunter2: x",
                "password:hunter2",
                "{ password:hunter2 }",
                "{ password hunter2 }",
                "{ 'password=hunter2': 1, 'password=hunter2': 2 }",
                "backup: hunter2",
                "backup: { engine: { a: hunter2 } }",
            })
    void no_refusal_repeats_a_secret_in_the_wrong_place(String line) {
        Throwable thrown =
                catchThrowable(() -> Written.load(folder, MAIN + "databases:\n  orders:\n    " + line + "\n"));

        assertThat(thrown).isInstanceOf(ConfigurationException.class);
        assertThat(asInALog(thrown)).doesNotContain(PLANTED);
        assertThat(((ConfigurationException) thrown).problems())
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain(PLANTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recipients: [hunter2]",
                "recipients: [AGE-SECRET-KEY-hunter2]",
                "identity: AGE-SECRET-KEY-hunter2",
                "url: \"s3://key:hunter2@bucket\"",
                "url: \"https://hunter2\"",
                "host: hunter2/"
            })
    void no_refusal_of_a_repository_repeats_a_secret(String line) {
        Throwable thrown = catchThrowable(() -> Written.load(folder, "repositories:\n  main:\n    " + line + "\n"));

        assertThat(thrown).isInstanceOf(ConfigurationException.class);
        assertThat(asInALog(thrown)).doesNotContain(PLANTED);
    }

    private static void collect(Object part, List<Object> into) throws ReflectiveOperationException {
        into.add(part);
        if (part instanceof Map<?, ?> map) {
            for (Object value : map.values()) {
                collect(value, into);
            }
        } else if (part instanceof java.util.Optional<?> optional && optional.isPresent()) {
            collect(optional.get(), into);
        } else if (part instanceof Record) {
            for (var component : Arrays.asList(part.getClass().getRecordComponents())) {
                component.getAccessor().setAccessible(true);
                collect(component.getAccessor().invoke(part), into);
            }
        }
    }

    private static String asInALog(Throwable thrown) {
        StringWriter log = new StringWriter();
        thrown.printStackTrace(new PrintWriter(log, true));
        return log.toString();
    }
}
