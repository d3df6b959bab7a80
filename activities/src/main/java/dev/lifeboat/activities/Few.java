package dev.lifeboat.activities;

import java.util.ArrayList;
import java.util.List;

/** The first lines of many: what passes through Temporal, and what a person reads, does not grow with a database. */
public final class Few {

    private static final int LINES = 20;
    private static final int LONGEST = 300;

    private Few() {}

    /** At most twenty lines of at most 300 characters; then how many more there are, and {@code where}. */
    public static List<String> of(List<String> lines, String where) {
        List<String> few =
                new ArrayList<>(lines.stream().limit(LINES).map(Few::shortened).toList());
        if (lines.size() > LINES) {
            few.add("and %d more: %s".formatted(lines.size() - LINES, where));
        }
        return List.copyOf(few);
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
