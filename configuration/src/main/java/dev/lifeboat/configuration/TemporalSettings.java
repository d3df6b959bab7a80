package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Which Temporal server runs the runbooks. Keys and TLS come from Temporal's own environment configuration.
 *
 * @param profile of Temporal's environment configuration
 * @param searchAttributes whether runbooks may write them; off where nobody may register them
 */
public record TemporalSettings(String address, String namespace, Optional<String> profile, boolean searchAttributes) {

    static TemporalSettings read(Block block) {
        return new TemporalSettings(
                block.value("address", TemporalSettings::address).orElse("127.0.0.1:7233"),
                block.value("namespace", Scalar::text).orElse("default"),
                block.value("profile", Scalar::text),
                block.value("search-attributes", Scalar::onOrOff).orElse(true));
    }

    private static String address(JsonNode node) {
        String address = Scalar.text(node);
        if (address.matches("[^\\s/@]+:[0-9]{1,5}")) {
            return address;
        }
        throw new Refused(
                "not an address of the form HOST:PORT", "write it as in \"127.0.0.1:7233\", without 'http://'.");
    }
}
