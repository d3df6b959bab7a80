package dev.lifeboat.repository.kit;

/** Text from outside as it may stand in a command, in SQL or in a sentence, whatever it contains. */
final class Shell {

    private Shell() {}

    /** A word of a shell command. */
    static String word(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("a control character cannot stand in a command");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** An SQL string. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** An SQL name. */
    static String identifier(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** A few words in a page of Markdown. */
    static String prose(String text) {
        return text.replaceAll("[\\p{Cntrl}`<>{}\\[\\]*|\\\\]", "?");
    }
}
