package dev.lifeboat.workers.metrics;

import java.time.Instant;
import java.util.Map;

/**
 * What a worker says of itself.
 *
 * @param since when (UTC) it began to serve its queues
 * @param roles as they are given to {@code lifeboat worker --roles}
 * @param configuration SHA-256 of its {@code lifeboat.yml}
 */
public record Serving(Instant since, String version, String host, String roles, String configuration) {

    Map<String, String> labels() {
        return Map.of("version", version, "host", host, "roles", roles, "configuration", configuration);
    }
}
