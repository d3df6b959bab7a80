package dev.lifeboat.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A runbook's page: its numbered headings, and what it says is done if it stops early.
 *
 * @param headings the titles of the steps, in order
 * @param optional those of them that a run may leave out: their text begins with "Only if"
 * @param undo the titles of what is put back, in order
 */
public record Page(List<String> headings, List<String> optional, List<String> undo) {

    private static final Pattern HEADING = Pattern.compile("(?m)^## \\d+\\. (.+)$");
    private static final Pattern OPTIONAL = Pattern.compile("(?m)^## \\d+\\. (.+)\n\nOnly if ");
    private static final Pattern UNDO = Pattern.compile("(?m)^- \\*\\*(.+?)\\*\\*");

    public static Page of(String name) {
        String text = read(Path.of(System.getProperty("lifeboat.root"), "docs", "runbooks", name));
        int early = text.indexOf("## If it stops early");
        return new Page(all(HEADING, text), all(OPTIONAL, text), all(UNDO, text.substring(early)));
    }

    /** Whether titles are a beginning of the headings, followed by nothing or by some of the undo in order. */
    public boolean allows(List<String> titles) {
        for (int steps = 0; steps <= titles.size(); steps++) {
            if (isBeginning(titles.subList(0, steps)) && inOrder(titles.subList(steps, titles.size()), undo)) {
                return true;
            }
        }
        return false;
    }

    /** In order, and with everything before the last one that may not be left out. */
    private boolean isBeginning(List<String> steps) {
        if (steps.isEmpty()) {
            return true;
        }
        int last = headings.indexOf(steps.getLast());
        return headings.subList(0, last + 1).stream()
                .filter(it -> steps.contains(it) || !optional.contains(it))
                .toList()
                .equals(steps);
    }

    private static boolean inOrder(List<String> some, List<String> all) {
        return all.stream().filter(some::contains).toList().equals(some);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(it -> it.group(1)).toList();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
