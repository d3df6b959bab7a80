package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who writes mail to whom, and as whom.
 *
 * @param from the sender's address
 * @param to the recipients' addresses, at least one
 * @param user the login at the mail server, if it wants one
 */
public record MailSettings(String from, List<String> to, Optional<String> user, Optional<SecretRef> password) {

    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9.-]{1,253}):([0-9]{1,5})");
    // Narrower than the standard: nothing that could end a header, quote, or begin a second address.
    private static final Pattern MAILBOX =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}");
    private static final int TLS_FROM_THE_FIRST_BYTE = 465;
    private static final int LARGEST_PORT = 65_535;

    /** How the connection to the mail server is protected. */
    public enum Security {
        /** TLS from the first byte, usually on port 465. */
        TLS,
        /** TLS after a plain greeting, usually on port 587; a server that cannot gets no mail. */
        STARTTLS
    }

    static Optional<ChannelSettings> read(String name, Block block, Optional<Path> authority) {
        Optional<Matcher> server =
                block.required("server", "write server: \"smtp.example.com:587\".", MailSettings::server);
        Optional<Security> security = block.value("security", MailSettings::security);
        Optional<String> from = block.required("from", "write from: lifeboat@example.com.", MailSettings::mailbox);
        List<String> to = block.list("to", MailSettings::mailbox);
        if (!block.has("to") || block.isEmptyList("to")) {
            block.refuseAt("to", "nobody would get the mail", "write to: [oncall@example.com].");
        }
        Optional<String> user = block.value("user", Scalar::text);
        Optional<SecretRef> password = block.secret("password");
        if (block.has("user") != block.has("password")) {
            block.refuse("one of 'user' and 'password' is missing", "write both, or none if the server asks for none.");
        }
        return server.flatMap(found -> from.map(sender -> {
            int port = Integer.parseInt(found.group(2));
            return new ChannelSettings.Email(
                    name,
                    found.group(1),
                    port,
                    security.orElse(port == TLS_FROM_THE_FIRST_BYTE ? Security.TLS : Security.STARTTLS),
                    new MailSettings(sender, to, user, password),
                    authority);
        }));
    }

    private static Matcher server(JsonNode node) {
        Matcher server = SERVER.matcher(Scalar.text(node));
        if (server.matches() && Integer.parseInt(server.group(2)) <= LARGEST_PORT) {
            return server;
        }
        throw new Refused("not of the form HOST:PORT", "write it as in \"smtp.example.com:587\".");
    }

    private static Security security(JsonNode node) {
        return switch (Scalar.text(node)) {
            case "tls" -> Security.TLS;
            case "starttls" -> Security.STARTTLS;
            default ->
                throw new Refused("neither 'tls' nor 'starttls'", "write tls or starttls; mail never goes without.");
        };
    }

    private static String mailbox(JsonNode node) {
        String mailbox = Scalar.text(node);
        if (MAILBOX.matcher(mailbox).matches()) {
            return mailbox;
        }
        throw new Refused("not a mail address", "write it without a name, as in oncall@example.com.");
    }
}
