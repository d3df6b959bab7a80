package dev.lifeboat.configuration;

import java.util.regex.Pattern;

/** The rule for names of databases, repositories and clusters: they become ids and folders. */
final class Names {

    static final String HINT = "choose a short name here, such as 'orders'; the server's own name of the database goes"
            + " under 'name:' or into the url.";

    private static final Pattern GOOD = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private Names() {}

    static boolean isGood(String name) {
        return GOOD.matcher(name).matches();
    }

    static String problem(String name) {
        return ("%s cannot be a name: a name becomes an id and a folder, so it has 1 to 63 of a-z, 0-9, '-' and '_'"
                        + " and begins with a letter or digit")
                .formatted(Shown.quoted(name));
    }
}
