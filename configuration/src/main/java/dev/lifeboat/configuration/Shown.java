package dev.lifeboat.configuration;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How text from the file is shown to a person: short, and without characters that a terminal would obey. */
final class Shown {

    private static final int LONGEST = 60;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{0,40}");

    private Shown() {}

    static String quoted(String text) {
        return "'" + harmless(text) + "'";
    }

    /** A key as far as it looks like one: in {@code {password:hunter2}} a space is missing, and the key holds the secret. */
    static String key(String text) {
        Matcher beginning = KEY.matcher(text);
        String shown = beginning.lookingAt() ? beginning.group() : "";
        return shown.equals(text) ? shown : shown + "…";
    }

    /** Keys joined by dots; numbers of list items in brackets; whatever is not a plain name in quotes. */
    static String path(List<String> keys) {
        StringBuilder path = new StringBuilder();
        for (String key : keys) {
            if (!path.isEmpty() && !key.startsWith("[")) {
                path.append('.');
            }
            boolean asIs = PLAIN.matcher(key).matches() || key.startsWith("[") || key.endsWith("…");
            path.append(asIs ? harmless(key) : '"' + harmless(key) + '"');
        }
        return path.toString();
    }

    private static String harmless(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST
                ? shown.append('…').toString()
                : shown.toString();
    }
}
