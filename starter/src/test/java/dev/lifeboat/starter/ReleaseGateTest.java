package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifeboat.starter.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code ops/github/release-gate.yml}: its step as a runner would run it, with a command that only notes its arguments. */
class ReleaseGateTest {

    private static final Path GATE = Path.of(System.getProperty("lifeboat.root"), "ops", "github", "release-gate.yml");

    @TempDir
    Path folder;

    @Test
    void the_gate_calls_lifeboat_as_lifeboat_understands_it() throws Exception {
        assertThat(run(0)).isZero();

        CommandLine.ParseResult backup = parsed();
        assertThat(backup.commandSpec().name()).isEqualTo("backup");
        assertThat(backup.matchedOption("--tag").getValue().toString()).contains("pre-deploy");
        assertThat(backup.matchedOption("--note").getValue().toString()).contains("v2 \"final\"");
        assertThat(backup.matchedOption("--keep-until").originalStringValues())
                .singleElement()
                .satisfies(it ->
                        assertThat(Instant.parse(it)).isAfter(Instant.now().plusSeconds(6 * 86_400)));
        assertThat(backup.hasMatchedOption("--no-wait"))
                .as("it waits for the end")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void the_step_is_red_on_every_other_exit_code(int code) throws Exception {
        assertThat(run(code)).isEqualTo(code);
    }

    @Test
    void no_release_goes_on_without_the_gate() throws IOException {
        assertThat(jobs().at("/deploy/needs").asText()).isEqualTo("backup");
        assertThat(jobs().findValues("continue-on-error")).isEmpty();
        assertThat(jobs().findValues("if")).isEmpty();
    }

    private static JsonNode jobs() throws IOException {
        return new YAMLMapper().readTree(GATE.toFile()).get("jobs");
    }

    /** As a runner does it: bash -e, the variables that the step names. */
    private int run(int lifeboatEndsWith) throws Exception {
        JsonNode step = jobs().at("/backup/steps/0");
        Path lifeboat = folder.resolve("lifeboat");
        Files.writeString(
                lifeboat,
                "#!/bin/bash\nprintf '%%s\\n' \"$@\" > '%s'\nexit %d\n"
                        .formatted(folder.resolve("arguments"), lifeboatEndsWith));
        Files.setPosixFilePermissions(lifeboat, PosixFilePermissions.fromString("rwx------"));
        Path script =
                Files.writeString(folder.resolve("step.sh"), step.get("run").asText());
        ProcessBuilder runner = new ProcessBuilder("bash", "-e", script.toString()).inheritIO();
        runner.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        step.get("env").fieldNames().forEachRemaining(it -> runner.environment().put(it, "v2 \"final\""));
        return runner.start().waitFor();
    }

    private CommandLine.ParseResult parsed() throws IOException {
        List<String> arguments = Files.readAllLines(folder.resolve("arguments"));
        Terminal terminal = new Terminal(System.out, System.err, Terminal.Shape.PLAIN, System::nanoTime);
        return Lifeboat.commandLine(new Surroundings(terminal, Map.of(), folder, folder))
                .parseArgs(arguments.toArray(String[]::new))
                .subcommand();
    }
}
