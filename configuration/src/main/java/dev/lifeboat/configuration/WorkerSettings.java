package dev.lifeboat.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How much a worker does at once, and where it keeps records of its processes and scratch files.
 *
 * @param writeSlots backups at the same time
 * @param readSlots verifications and restores at the same time
 */
public record WorkerSettings(int writeSlots, int readSlots, Path state) {

    private static final int MOST_SLOTS = 64;

    static WorkerSettings read(Block block, Path folder, Map<String, String> environment) {
        return new WorkerSettings(
                block.value("write-slots", Scalar.number(1, MOST_SLOTS)).orElse(2),
                block.value("read-slots", Scalar.number(1, MOST_SLOTS)).orElse(2),
                block.value("state", node -> Scalar.path(Scalar.text(node), folder))
                        .orElseGet(() -> defaultState(environment)));
    }

    /** As the XDG rules have it; they also say that a relative XDG_STATE_HOME counts for nothing. */
    private static Path defaultState(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return Optional.ofNullable(environment.get("XDG_STATE_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(home.resolve(".local/state"))
                .resolve("lifeboat");
    }
}
