package dev.lifeboat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The unit that we ship: systemd accepts it, our own command line does, and it gives a stopping worker its time. */
class SystemdUnitTest {

    private static final Path UNIT =
            Path.of(System.getProperty("lifeboat.root")).resolve("ops/systemd/lifeboat-worker.service");
    private static final String INSTALLED = "/opt/lifeboat/lifeboat";

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void systemd_finds_nothing_wrong_with_it() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd-analyze here to ask");
        // Our programs and our user are not on this machine: something that is stands in for both.
        String unit = Files.readString(UNIT)
                .replace(INSTALLED + " worker", "/bin/true worker")
                .replace("User=lifeboat", "User=root")
                .replace("Group=lifeboat", "Group=root");
        Said said = verified(unit);
        assertThat(said.text()).as(said.text()).doesNotContain("lifeboat-worker.service");
        assertThat(said.code()).isZero();

        assertThat(verified(unit.replace("ProtectSystem=strict", "ProtectSystem=sometimes"))
                        .text())
                .as("what is wrong is seen")
                .containsIgnoringCase("protect system");
        assertThat(verified(unit.replace("NoNewPrivileges", "NoNewPrivilege")).text())
                .contains("NoNewPrivilege");
    }

    @Test
    void our_own_command_line_understands_what_it_starts() throws IOException {
        String[] words = value("ExecStart").split(" ", -1);

        assertThat(words[0]).isEqualTo(INSTALLED);
        assertThat(words[1]).isEqualTo("worker");
        CommandLine.ParseResult parsed = new CommandLine(new WorkerApplication(Doors.OPEN))
                .parseArgs(Arrays.copyOfRange(words, 2, words.length));
        assertThat(parsed.matchedOptionValue("--http", Optional.empty()).map(Object::toString))
                .contains("127.0.0.1:9464");
        assertThat(parsed.matchedOptionValue("--config", Optional.empty()).map(Object::toString))
                .contains("/etc/lifeboat/lifeboat.yml");
    }

    @Test
    void the_program_is_where_the_image_has_it_too() throws IOException {
        Path dockerfile = Path.of(System.getProperty("lifeboat.root")).resolve("Dockerfile");

        assertThat(Files.readString(dockerfile)).contains("COPY --from=build /source/lifeboat " + INSTALLED);
    }

    @Test
    void a_stopping_worker_has_its_time_and_its_programs_are_not_killed_before_it() throws IOException {
        assertThat(Duration.ofSeconds(Long.parseLong(value("TimeoutStopSec"))))
                .isGreaterThan(LifeboatWorker.LONGEST_STOP.multipliedBy(2));
        assertThat(value("KillMode")).isEqualTo("mixed");
        assertThat(value("SuccessExitStatus")).isEqualTo("143");
    }

    @Test
    void it_is_nobody_in_particular_and_may_do_little() throws IOException {
        assertThat(value("User")).isEqualTo("lifeboat").isEqualTo(value("Group"));
        assertThat(value("NoNewPrivileges")).isEqualTo("true");
        assertThat(value("ProtectSystem")).isEqualTo("strict");
        assertThat(value("CapabilityBoundingSet")).isEmpty();
        assertThat(value("UMask")).isEqualTo("0077");
        assertThat(lines()).doesNotContainKey("MemoryDenyWriteExecute");
    }

    private static String value(String key) throws IOException {
        return Optional.ofNullable(lines().get(key)).orElseThrow(() -> new AssertionError("no " + key));
    }

    private static Map<String, String> lines() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(UNIT)) {
            if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("[")) {
                String[] parts = line.split("=", 2);
                lines.put(parts[0], parts[1]);
            }
        }
        return lines;
    }

    private record Said(int code, String text) {}

    private Said verified(String unit) throws IOException, InterruptedException {
        Path file = folder.resolve("lifeboat-worker.service");
        Files.writeString(file, unit);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(new ArrayList<>(
                        List.of("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", file.toString())))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(50, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return new Said(process.exitValue(), Files.readString(log));
    }
}
