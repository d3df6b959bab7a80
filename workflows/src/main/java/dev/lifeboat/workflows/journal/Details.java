package dev.lifeboat.workflows.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The steps of a run as a Markdown list, small enough for the details panel of Temporal's UI. */
final class Details {

    private static final int LINES = 30;
    private static final int LONGEST_NOTE = 300;

    private Details() {}

    static String of(List<Entry> entries) {
        List<String> lines = new ArrayList<>();
        int shown = entries.size() <= LINES ? entries.size() : LINES - 1;
        int earlier = entries.size() - shown;
        if (earlier > 0) {
            lines.add("- … and %d earlier steps".formatted(earlier));
        }
        entries.subList(earlier, entries.size()).forEach(entry -> lines.add(line(entry)));
        return String.join("\n", lines);
    }

    private static String line(Entry entry) {
        String note = entry.note().length() <= LONGEST_NOTE
                ? entry.note()
                : entry.note().substring(0, LONGEST_NOTE - 1) + "…";
        String status = entry.status().name().toLowerCase(Locale.ROOT);
        return "- **%s** %s%s".formatted(status, entry.title(), note.isEmpty() ? "" : ": " + note);
    }
}
