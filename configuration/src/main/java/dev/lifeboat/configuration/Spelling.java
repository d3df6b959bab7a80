package dev.lifeboat.configuration;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Spelling {

    private static final int FARTHEST = 3;

    private Spelling() {}

    /** A hint that names the nearest known spelling, or all of them when none is near. */
    static String hint(String written, Collection<String> known) {
        if (known.isEmpty()) {
            return "none is defined.";
        }
        return nearest(written, known)
                .map(near -> "did you mean '%s'?".formatted(near))
                .orElseGet(() -> "known here: %s.".formatted(String.join(", ", known)));
    }

    static Optional<String> nearest(String written, Collection<String> known) {
        String lower = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= FARTHEST)
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= allowed(name))
                .min(comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))));
    }

    private static int allowed(String name) {
        return Math.clamp(name.length() / 2, 1, FARTHEST);
    }

    /** Levenshtein: how many letters must be added, removed or changed. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                int either = Math.min(previous[column], current[column - 1]) + 1;
                current[column] = Math.min(either, previous[column - 1] + change);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
