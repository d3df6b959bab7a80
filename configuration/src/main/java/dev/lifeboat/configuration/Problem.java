package dev.lifeboat.configuration;

import java.nio.file.Path;

/**
 * One thing that is wrong with the configuration, and the next move.
 *
 * @param line counted from 1; 0 where no line can be named
 * @param path keys joined by dots; empty for the file as a whole
 * @param problem lower case, no full stop, never a secret
 * @param hint one sentence for the person who has to mend it
 */
public record Problem(Path file, int line, String path, String problem, String hint) {

    /** Two lines of text, as in {@code lifeboat.yml:14: databases.orders: …} and {@code Hint: …}. */
    public String render() {
        StringBuilder text = new StringBuilder(file.toString());
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        return text.append(problem).append("\nHint: ").append(hint).toString();
    }
}
