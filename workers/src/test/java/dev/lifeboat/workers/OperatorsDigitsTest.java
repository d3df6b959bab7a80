package dev.lifeboat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.starter.Lifeboat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs themselves, on machines whose locale has digits of its own. */
class OperatorsDigitsTest {

    private static final List<String> LOCALES = List.of("ar-EG", "fa-IR", "bn-BD");

    @TempDir
    Path folder;

    static Stream<List<String>> programs() {
        return LOCALES.stream()
                .flatMap(locale -> Stream.of(
                        List.of(locale, Lifeboat.class.getName(), "backups"),
                        List.of(locale, WorkerApplication.class.getName())));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void numbers_are_written_alike_wherever_they_are_written(List<String> program) throws Exception {
        Path configuration = folder.resolve("lifeboat.yml");
        Files.writeString(configuration, "\n".repeat(1233) + "databases: {}\ndatabases: {}\n");

        String said = run(program, "--config", configuration.toString());

        assertThat(said).contains("written twice, first on line 1234").doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }

    private static String run(List<String> program, String... arguments) throws IOException, InterruptedException {
        String[] locale = program.getFirst().split("-", -1);
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=" + locale[0],
                "-Duser.country=" + locale[1],
                "-cp",
                System.getProperty("java.class.path"));
        List<String> command = Stream.of(java, program.subList(1, program.size()), List.of(arguments))
                .flatMap(List::stream)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(2);
        return said;
    }
}
