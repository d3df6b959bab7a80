package dev.lifeboat.starter.local;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Real programs for tests. Where one is missing the test is skipped with the reason; with {@code CI=true} it fails. */
public final class Tools {

    private Tools() {}

    public static Path temporal() {
        Map<String, String> environment = System.getenv();
        Path root = Path.of(System.getProperty("lifeboat.root", "."));
        return orSkip(
                new TemporalBinary(root, environment, line -> {}).find(),
                "no temporal on PATH or in .tools: 'lifeboat demo' fetches one");
    }

    public static Path postgres() {
        return orSkip(
                new PostgresPrograms(System.getenv(), line -> {}).find(),
                "no PostgreSQL server programs: apt-get install postgresql, or set LIFEBOAT_PG_BIN");
    }

    private static Path orSkip(Optional<Path> found, String reason) {
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        return found.orElseGet(() -> abort(reason));
    }
}
