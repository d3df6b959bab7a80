package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The address outside that hears from a healthy worker, so that its silence is an alarm there.
 *
 * @param open the address, when it is written as it is
 * @param secret where the address is kept; who knows it can keep the alarm quiet
 * @param every how often it hears from us
 */
public record HeartbeatSettings(Optional<URI> open, Optional<SecretRef> secret, Duration every) {

    private static final String HINT = "write url: https://…, or env:NAME or file:PATH of what holds it.";

    /** The address; throws {@link ConfigurationException} when the secret is not there, or is no address. */
    public URI address() {
        return open.orElseGet(() -> secret.map(HeartbeatSettings::read).orElseThrow());
    }

    private static URI read(SecretRef reference) {
        try {
            return address(reference.read());
        } catch (Refused e) {
            throw reference.place().refuse("%s holds no address".formatted(reference), HINT);
        }
    }

    static Optional<HeartbeatSettings> read(Block block) {
        if (!block.has("heartbeat")) {
            block.known("heartbeat");
            return Optional.empty();
        }
        return block.block("heartbeat", inner -> {
            Duration every = inner.value("every", Amounts::duration).orElse(Duration.ofMinutes(5));
            Optional<String> written = inner.required("url", HINT, Scalar::text);
            if (written.filter(it -> it.startsWith("http")).isPresent()) {
                return inner.value("url", HeartbeatSettings::address)
                        .map(it -> new HeartbeatSettings(Optional.of(it), Optional.empty(), every));
            }
            return written.flatMap(it -> inner.secret("url"))
                    .map(it -> new HeartbeatSettings(Optional.empty(), Optional.of(it), every));
        });
    }

    private static URI address(JsonNode node) {
        return address(Scalar.text(node));
    }

    // Without what was written: it may be a secret.
    private static URI address(String text) {
        try {
            URI address = new URI(text.strip());
            if (Set.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new Refused("not an address", HINT);
        }
        throw new Refused("not an address", HINT);
    }

    /** Without the address. */
    @Override
    public String toString() {
        return "every " + every;
    }
}
