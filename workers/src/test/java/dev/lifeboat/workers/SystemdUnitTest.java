package dev.lifeboat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The units that we ship: systemd accepts them, our own command line does, and they give what stops its time. */
class SystemdUnitTest {

    private static final Path UNITS =
            Path.of(System.getProperty("lifeboat.root")).resolve("ops/systemd");
    private static final String WORKER = "lifeboat-worker.service";
    private static final String BACKUP = "lifeboat-backup@.service";
    private static final String INSTALLED = "/opt/lifeboat/lifeboat";

    @TempDir
    private Path folder;

    static List<String> units() {
        return Stream.of(Objects.requireNonNull(UNITS.toFile().list())).sorted().toList();
    }

    @Test
    void each_kind_of_them_is_looked_at() {
        assertThat(units()).containsExactly(BACKUP, "lifeboat-backup@.timer", WORKER);
    }

    @ParameterizedTest
    @MethodSource("units")
    @Timeout(60)
    void systemd_finds_nothing_wrong_with_it(String name) throws Exception {
        demandSystemd();
        Map<String, String> units = new HashMap<>();
        for (String each : units()) {
            // Our programs and our user are not on this machine: something that is stands in for both.
            units.put(
                    each,
                    Files.readString(UNITS.resolve(each))
                            .replace("=" + INSTALLED + " ", "=/bin/true ")
                            .replace("User=lifeboat", "User=root")
                            .replace("Group=lifeboat", "Group=root"));
        }
        Said said = verified(units, name);
        assertThat(said.text()).as(said.text()).doesNotContain("lifeboat-");
        assertThat(said.code()).isZero();

        units.compute(
                name,
                (it, unit) -> Objects.requireNonNull(unit).replaceFirst("\\[(Service|Timer)]", "$0\nNoSuchWord=1"));
        assertThat(verified(units, name).text()).as("what is wrong is seen").contains("NoSuchWord");
    }

    private static void demandSystemd() {
        String reason = "no systemd-analyze here to ask; tools/debian installs it";
        boolean there = Files.isExecutable(Path.of("/usr/bin/systemd-analyze"));
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        Assumptions.assumeTrue(there, reason);
    }

    @Test
    void our_own_command_line_understands_what_it_starts() throws IOException {
        String[] words = value(WORKER, "ExecStart").split(" ", -1);

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
    void the_timer_starts_the_service_of_its_name_each_hour_also_for_an_hour_that_was_slept_over() throws IOException {
        assertThat(lines("lifeboat-backup@.timer"))
                .doesNotContainKey("Unit")
                .containsEntry("OnCalendar", "hourly")
                .containsEntry("Persistent", "yes");
        assertThat(lines(BACKUP)).as("it is the timer that is enabled").doesNotContainKey("WantedBy");
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKER, BACKUP})
    void what_stops_has_its_time_and_its_programs_are_not_killed_before_it(String unit) throws IOException {
        assertThat(Duration.ofSeconds(Long.parseLong(value(unit, "TimeoutStopSec"))))
                .isGreaterThan(LifeboatWorker.LONGEST_STOP.multipliedBy(2));
        assertThat(value(unit, "KillMode")).isEqualTo("mixed");
    }

    @Test
    void a_worker_that_was_told_to_stop_and_did_has_not_failed() throws IOException {
        assertThat(value(WORKER, "SuccessExitStatus")).isEqualTo("143");
    }

    @Test
    void a_backup_takes_as_long_as_it_takes_and_keeps_its_state_where_it_may_write() throws IOException {
        assertThat(value(BACKUP, "Type")).isEqualTo("oneshot");
        assertThat(value(BACKUP, "TimeoutStartSec")).isEqualTo("infinity");
        assertThat(value(BACKUP, "Environment")).isEqualTo("XDG_STATE_HOME=/var/lib");
        assertThat(value(BACKUP, "StateDirectory")).isEqualTo("lifeboat");
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKER, BACKUP})
    void it_is_nobody_in_particular_and_leaves_nothing_to_others(String unit) throws IOException {
        assertThat(value(unit, "User")).isEqualTo("lifeboat").isEqualTo(value(unit, "Group"));
        assertThat(value(unit, "NoNewPrivileges")).isIn("true", "yes");
        assertThat(value(unit, "StateDirectoryMode")).isEqualTo("0700");
        assertThat(value(unit, "UMask")).isEqualTo("0077");
    }

    @Test
    void a_worker_may_do_little() throws IOException {
        assertThat(value(WORKER, "ProtectSystem")).isEqualTo("strict");
        assertThat(value(WORKER, "CapabilityBoundingSet")).isEmpty();
        assertThat(lines(WORKER)).doesNotContainKey("MemoryDenyWriteExecute");
    }

    private static String value(String unit, String key) throws IOException {
        return Optional.ofNullable(lines(unit).get(key)).orElseThrow(() -> new AssertionError("no " + key));
    }

    private static Map<String, String> lines(String unit) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(UNITS.resolve(unit))) {
            if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("[")) {
                String[] parts = line.split("=", 2);
                lines.put(parts[0], parts[1]);
            }
        }
        return lines;
    }

    private record Said(int code, String text) {}

    /** What systemd says of one of them, which finds the others beside it. */
    private Said verified(Map<String, String> units, String name) throws IOException, InterruptedException {
        for (Map.Entry<String, String> each : units.entrySet()) {
            Files.writeString(folder.resolve(each.getKey()), each.getValue());
        }
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(List.of(
                        "systemd-analyze",
                        "verify",
                        "--man=no",
                        "--recursive-errors=no",
                        folder.resolve(name).toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(50, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return new Said(process.exitValue(), Files.readString(log));
    }
}
