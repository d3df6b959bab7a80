package dev.lifeboat.repository.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The bare tools that must be able to open what we sealed. */
public final class Tools {

    private Tools() {}

    /** Skips the test when a tool is missing; with {@code CI=true} that is a failure. */
    public static void need(String... tools) {
        for (String tool : tools) {
            boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            if ("true".equals(System.getenv("CI"))) {
                assertThat(there).as("the tool %s is installed", tool).isTrue();
            }
            assumeThat(there).as("the tool %s is not installed", tool).isTrue();
        }
    }

    /** Runs a script with bash and returns its output; fails the test when it does not end well. */
    public static String bash(Path folder, String script) throws IOException, InterruptedException {
        return run(folder, List.of("bash", "-c", "set -euo pipefail\n" + script), 0);
    }

    /** Runs a command that must end with {@code code}, in at most a minute. */
    public static String run(Path folder, List<String> command, int code) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(code);
        return output;
    }
}
