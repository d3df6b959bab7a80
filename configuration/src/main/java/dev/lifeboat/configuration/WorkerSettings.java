package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How much a worker does at once, and where it keeps records of its processes and scratch files.
 *
 * @param writeSlots backups at the same time
 * @param readSlots verifications and restores at the same time
 * @param http where it answers for its health and its metrics; nowhere if that is not said
 */
public record WorkerSettings(int writeSlots, int readSlots, Path state, Optional<HttpAddress> http) {

    private static final int MOST_SLOTS = 64;

    static WorkerSettings read(Block block, Path folder, Map<String, String> environment) {
        return new WorkerSettings(
                block.value("write-slots", Scalar.number(1, MOST_SLOTS)).orElse(2),
                block.value("read-slots", Scalar.number(1, MOST_SLOTS)).orElse(2),
                block.value("state", node -> Scalar.path(Scalar.text(node), folder))
                        .orElseGet(() -> defaultState(environment)),
                block.value("http", WorkerSettings::http));
    }

    private static HttpAddress http(JsonNode node) {
        try {
            return HttpAddress.of(Scalar.text(node));
        } catch (IllegalArgumentException wrong) {
            throw new Refused(
                    "not an address of the form HOST:PORT", "write it as in \"127.0.0.1:9464\", without 'http://'.");
        }
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
