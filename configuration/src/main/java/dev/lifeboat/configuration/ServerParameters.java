package dev.lifeboat.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What may stand behind the question mark of a PostgreSQL URL. Values are never repeated in messages. */
final class ServerParameters {

    private static final List<String> KNOWN =
            List.of("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name");
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private ServerParameters() {}

    static Map<String, String> parse(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String written : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
            int equals = written.indexOf('=');
            if (equals < 1 || equals == written.length() - 1) {
                throw new Refused("a parameter of the url is not of the form NAME=VALUE", ServerUrl.EXAMPLE);
            }
            String name = written.substring(0, equals);
            String value = ServerUrl.decode(written.substring(equals + 1));
            check(name, value);
            if (parameters.putIfAbsent(name, value) != null) {
                throw new Refused("the url has '%s' twice".formatted(name), "keep one of the two.");
            }
        }
        return parameters;
    }

    private static void check(String name, String value) {
        if (name.equals("password") || name.equals("sslpassword")) {
            throw new Refused(
                    "the url holds a password",
                    "take it out and write 'password: env:NAME' or 'password: file:/path' beside the url; change it if"
                            + " others saw this file.");
        }
        if (!KNOWN.contains(name)) {
            String shown = Shown.key(name);
            throw new Refused("the url has an unknown parameter '%s'".formatted(shown), Spelling.hint(shown, KNOWN));
        }
        if (name.equals("sslmode") && !SSL_MODES.contains(value)) {
            throw new Refused("the url has an unknown sslmode", Spelling.hint(value, SSL_MODES));
        }
        if (name.equals("connect_timeout") && !SECONDS.matcher(value).matches()) {
            throw new Refused("connect_timeout is not a whole number of seconds", "write connect_timeout=10.");
        }
    }
}
