package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One way to tell somebody. Whoever knows the address of a webhook may write there: it counts as a secret. */
public sealed interface ChannelSettings {

    List<String> KINDS = List.of("discord", "email", "pagerduty", "slack", "webhook");

    /** Its name in the file. */
    String name();

    /** A PEM file with the only certificates to trust; empty for those that Java trusts. */
    Optional<Path> authority();

    /** An incoming webhook of Slack. */
    record Slack(String name, SecretRef address, Optional<Path> authority) implements ChannelSettings {}

    /** A webhook of Discord. */
    record Discord(String name, SecretRef address, Optional<Path> authority) implements ChannelSettings {}

    /** Anybody's webhook: gets JSON, signed if there is a key. */
    record Webhook(String name, SecretRef address, Optional<SecretRef> signingKey, Optional<Path> authority)
            implements ChannelSettings {}

    /**
     * PagerDuty by its Events API, version 2.
     *
     * @param routingKey of the service's integration
     * @param address where events go; not a secret
     */
    record PagerDuty(String name, SecretRef routingKey, URI address, Optional<Path> authority)
            implements ChannelSettings {

        /** Where events go if nothing else is said. */
        static final String USUAL = "https://events.pagerduty.com/v2/enqueue";
    }

    /** Mail by an SMTP server, never without TLS. */
    record Email(
            String name,
            String host,
            int port,
            MailSettings.Security security,
            MailSettings mail,
            Optional<Path> authority)
            implements ChannelSettings {}

    static Optional<ChannelSettings> read(Block.Named entry, Path base) {
        Block block = entry.block();
        Optional<Path> authority = block.value("certificate-authority", node -> Scalar.path(Scalar.text(node), base));
        List<String> kinds = KINDS.stream().filter(block::has).toList();
        if (kinds.size() != 1) {
            KINDS.forEach(block::known);
            block.refuse(
                    kinds.isEmpty()
                            ? "no kind of channel"
                            : "more than one kind of channel: " + String.join(", ", kinds),
                    "write one of slack, discord, webhook, pagerduty, email under it, as in lifeboat.example.yml.");
            block.known("signing-key");
            block.known("address");
            return Optional.empty();
        }
        return switch (kinds.getFirst()) {
            case "slack" -> block.secret("slack").map(it -> new Slack(entry.name(), it, authority));
            case "discord" -> block.secret("discord").map(it -> new Discord(entry.name(), it, authority));
            case "webhook" -> webhook(entry, authority);
            case "pagerduty" -> pagerDuty(entry, authority);
            default -> block.block("email", mail -> MailSettings.read(entry.name(), mail, authority));
        };
    }

    private static Optional<ChannelSettings> webhook(Block.Named entry, Optional<Path> authority) {
        Optional<SecretRef> key = entry.block().secret("signing-key");
        return entry.block().secret("webhook").map(it -> new Webhook(entry.name(), it, key, authority));
    }

    private static Optional<ChannelSettings> pagerDuty(Block.Named entry, Optional<Path> authority) {
        URI address = entry.block().value("address", ChannelSettings::address).orElse(URI.create(PagerDuty.USUAL));
        return entry.block().secret("pagerduty").map(it -> new PagerDuty(entry.name(), it, address, authority));
    }

    /** An address of the web that holds no secret. */
    static URI address(JsonNode node) {
        try {
            URI address = new URI(Scalar.text(node));
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web && address.getHost() != null && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below, without repeating it
        }
        throw new Refused("not the address of a web server", "write it as in \"https://temporal.example.com\".");
    }
}
