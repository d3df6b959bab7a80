package dev.lifeboat.activities.notification;

import java.util.regex.Pattern;

/** Words of a chat that call everybody: in our texts, which hold names from databases, they call nobody. */
final class Mentions {

    private static final Pattern CALL = Pattern.compile("@(?=[\\p{L}\\p{N}!&])");

    private Mentions() {}

    /** The text with an invisible space behind each {@code @}, so that it reads the same and calls nobody. */
    static String silenced(String text) {
        return CALL.matcher(text).replaceAll("@\u200b");
    }
}
