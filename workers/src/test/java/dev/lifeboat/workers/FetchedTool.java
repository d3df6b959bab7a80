package dev.lifeboat.workers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program that a script in {@code tools/} fetches or builds for tests. */
public final class FetchedTool {

    private FetchedTool() {}

    /**
     * Its path: what the script made, else what is installed. Skips the test where there is neither; with
     * {@code CI=true} that is an {@link IllegalStateException}.
     */
    public static Path find(String program, String script) {
        Stream<Path> folders = Stream.concat(
                Stream.of(Path.of(System.getProperty("lifeboat.root"), ".tools")),
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .map(Path::of));
        Optional<Path> found = folders.map(it -> it.resolve(program))
                .filter(it -> Files.isRegularFile(it) && Files.isExecutable(it))
                .findFirst();
        String reason = "no " + program + " here; " + script + " gets it";
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        Assumptions.assumeTrue(found.isPresent(), reason);
        return found.orElseThrow();
    }
}
