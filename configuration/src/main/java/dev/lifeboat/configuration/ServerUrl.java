package dev.lifeboat.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL URL as libpq writes it, taken apart.
 *
 * <p>Not with {@code java.net.URI}: it refuses what libpq takes, and its messages repeat the URL, which may hold a
 * password. For the same reason nothing here repeats a value.
 */
final class ServerUrl {

    static final String EXAMPLE = "write postgresql://USER@HOST:5432/DATABASE?sslmode=verify-full.";

    private static final int DEFAULT_PORT = 5432;
    private static final Pattern URL =
            Pattern.compile("postgres(?:ql)?://([^/?]*)(?:/([^?]*))?(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+(?:%25[A-Za-z0-9._-]+)?)]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?");

    private ServerUrl() {}

    /** The address of one database. */
    static ServerAddress ofDatabase(JsonNode node) {
        return parse(Scalar.text(node), Optional.empty());
    }

    /** The address of a cluster; without a database in the URL it is {@code postgres}, which every server has. */
    static ServerAddress ofCluster(JsonNode node) {
        return parse(Scalar.text(node), Optional.of("postgres"));
    }

    static ServerAddress parse(String text, Optional<String> defaultDatabase) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new Refused("not the address of a PostgreSQL server", EXAMPLE);
        }
        String authority = url.group(1);
        int at = authority.lastIndexOf('@');
        String user = user(authority.substring(0, Math.max(at, 0)));
        Matcher server = server(authority.substring(at + 1));
        String host =
                Optional.ofNullable(server.group(1)).map(ServerUrl::decode).orElseGet(() -> server.group(2));
        String database = Optional.ofNullable(url.group(2))
                .filter(name -> !name.isEmpty())
                .map(ServerUrl::decode)
                .or(() -> defaultDatabase)
                .orElseThrow(() -> new Refused("the url names no database", EXAMPLE));
        return new ServerAddress(
                host,
                port(Optional.ofNullable(server.group(3))),
                user,
                database,
                Optional.empty(),
                ServerParameters.parse(Optional.ofNullable(url.group(3)).orElse("")));
    }

    private static String user(String written) {
        if (written.indexOf(':') >= 0) {
            throw new Refused(
                    "the url holds a password",
                    "take it out and write 'password: env:NAME' or 'password: file:/path' beside the url; change it if"
                            + " others saw this file.");
        }
        if (written.isEmpty()) {
            throw new Refused("the url names no user", EXAMPLE);
        }
        return decode(written);
    }

    private static Matcher server(String written) {
        if (written.indexOf(',') >= 0) {
            throw new Refused("the url names several servers", "name one, the primary, and not through a pooler.");
        }
        Matcher server = HOST_AND_PORT.matcher(written);
        if (!server.matches()) {
            throw new Refused("the url has no host, or not one of the form HOST or HOST:PORT", EXAMPLE);
        }
        return server;
    }

    private static int port(Optional<String> written) {
        int port = written.map(Integer::parseInt).orElse(DEFAULT_PORT);
        if (port < 1 || port > 65_535) {
            throw new Refused("the port is not between 1 and 65535", EXAMPLE);
        }
        return port;
    }

    /** Replaces {@code %40} and the like; a plus sign stays one. */
    static String decode(String written) {
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != '%') {
                decoded.write(bytes[at]);
                continue;
            }
            decoded.write(hexadecimal(bytes, at + 1) * 16 + hexadecimal(bytes, at + 2));
            at += 2;
        }
        return text(decoded.toByteArray());
    }

    private static int hexadecimal(byte[] bytes, int at) {
        int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
        if (digit < 0) {
            throw new Refused(
                    "a '%' in the url is not followed by two hexadecimal digits", "write a '%' itself as %25.");
        }
        return digit;
    }

    private static String text(byte[] decoded) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            throw new Refused("the %-codes of the url are not UTF-8", "encode each byte of the name in UTF-8.");
        }
        throw new Refused("the url holds a zero byte (%00)", "no name on a PostgreSQL server has one; take it out.");
    }
}
