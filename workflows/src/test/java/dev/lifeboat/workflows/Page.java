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
 * @param undo the titles of what is put back, in order
 */
public record Page(List<String> headings, List<String> undo) {

    private static final Pattern HEADING = Pattern.compile("(?m)^## \\d+\\. (.+)$");
    private static final Pattern UNDO = Pattern.compile("(?m)^- \\*\\*(.+?)\\*\\*");

    public static Page of(String name) {
        String text = read(Path.of(System.getProperty("lifeboat.root"), "docs", "runbooks", name));
        int early = text.indexOf("## If it stops early");
        return new Page(all(HEADING, text), all(UNDO, text.substring(early)));
    }

    /** Whether titles are some of the headings in order, followed by nothing or by some of the undo in order. */
    public boolean allows(List<String> titles) {
        for (int steps = 0; steps <= titles.size(); steps++) {
            boolean beginning =
                    steps <= headings.size() && titles.subList(0, steps).equals(headings.subList(0, steps));
            if (beginning && inOrder(titles.subList(steps, titles.size()), undo)) {
                return true;
            }
        }
        return false;
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
