package dev.lifeboat.configuration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a worker answers over HTTP.
 *
 * @param host a name or an address of this machine, without brackets
 * @param port 0 for any free one
 */
public record HttpAddress(String host, int port) {

    private static final Pattern SHAPE =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)]:([0-9]{1,5})|([^\\s/@:\\[\\]]+):([0-9]{1,5})");
    private static final int HIGHEST = 65_535;

    /** Reads {@code HOST:PORT}; throws {@link IllegalArgumentException} with the next move if it is something else. */
    public static HttpAddress of(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (matcher.matches()) {
            boolean brackets = matcher.group(1) != null;
            int port = Integer.parseInt(brackets ? matcher.group(2) : matcher.group(4));
            if (port <= HIGHEST) {
                return new HttpAddress(brackets ? matcher.group(1) : matcher.group(3), port);
            }
        }
        throw new IllegalArgumentException(
                "%s is not an address of the form HOST:PORT; write it as in 127.0.0.1:9464, without 'http://'"
                        .formatted(Shown.quoted(text)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[%s]:%d" : "%s:%d").formatted(host, port);
    }
}
