package dev.lifeboat.repository.kit;

/** Text from outside as it may stand in a command, in SQL or in a sentence, whatever it contains. */
final class Shell {

    private Shell() {}

    /** Whether it can stand in a command: a terminal acts on control characters that are pasted, even in quotes. */
    static boolean isWord(String text) {
        return text.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    }

    /** A word of a shell command. */
    static String word(String text) {
        if (!isWord(text)) {
            throw new IllegalArgumentException("a control character cannot stand in a command");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** An SQL string, whether or not the server takes a backslash for itself. */
    static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
    }

    /** An SQL name. */
    static String identifier(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** A few words in a page of Markdown. */
    static String prose(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}~`<>{}\\[\\]*|\\\\]", "?");
    }
}
