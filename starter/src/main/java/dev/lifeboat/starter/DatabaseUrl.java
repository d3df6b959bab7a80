package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.CommandException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a database as somebody typed it, with its password taken out. Messages never repeat what was typed: it
 * may hold the password.
 *
 * @param withoutPassword what may be written into lifeboat.yml
 */
record DatabaseUrl(String withoutPassword, Optional<String> password) {

    private static final Pattern SHAPE = Pattern.compile("(postgres(?:ql)?://)([^/?#]*)(.*)", Pattern.DOTALL);
    // What decodes it takes more for digits, such as the full-width ones, and what those are is the version's choice.
    private static final Pattern ESCAPED = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*");
    private static final String EXAMPLE = "Write it as postgresql://USER@HOST:5432/DATABASE.";

    static DatabaseUrl parse(String typed) {
        if (typed.startsWith("jdbc:")) {
            throw CommandException.usage("--database is a JDBC URL", EXAMPLE);
        }
        Matcher parts = SHAPE.matcher(typed);
        if (!parts.matches()) {
            throw CommandException.usage("--database is not the URL of a PostgreSQL database", EXAMPLE);
        }
        if (typed.chars().anyMatch(Character::isISOControl)) {
            throw CommandException.usage("--database has a control character in it", EXAMPLE);
        }
        String authority = parts.group(2);
        int at = authority.lastIndexOf('@');
        int colon = authority.indexOf(':');
        if (at < 0 || colon < 0 || colon > at) {
            return new DatabaseUrl(typed, Optional.empty());
        }
        String rest = authority.substring(0, colon) + authority.substring(at) + parts.group(3);
        String secret = authority.substring(colon + 1, at);
        return new DatabaseUrl(
                parts.group(1) + rest, secret.isEmpty() ? Optional.empty() : Optional.of(decode(secret)));
    }

    @Override
    public String toString() {
        return withoutPassword;
    }

    private static String decode(String secret) {
        if (!ESCAPED.matcher(secret).matches()) {
            throw CommandException.usage(
                    "the password in --database has a percent sign that begins no escape",
                    "Write %25 for a percent sign, or leave the password out and put it into a file.");
        }
        // A plus sign is a plus sign here, not a blank.
        String decoded = URLDecoder.decode(secret.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (decoded.chars().anyMatch(c -> c == 0xFFFD || Character.isISOControl(c))) {
            throw CommandException.usage(
                    "the password in --database is no UTF-8 text, or holds a control character",
                    "Leave it out, put it into a file of your own, and name that under password: file:PATH.");
        }
        return decoded;
    }
}
