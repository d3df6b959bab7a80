package dev.lifeboat.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What was found wrong with one file so far; collected, so that a person mends everything in one go. */
final class Findings {

    /** More than a person reads; also keeps a file of nothing but mistakes from taking minutes. */
    private static final int MOST = 50;

    private final Path file;
    private final Lines lines;
    private final List<Problem> problems = new ArrayList<>();
    private int unsaid;

    Findings(Path file, Lines lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Findings about the same file that nobody will be told. */
    Findings unheard() {
        return new Findings(file, lines);
    }

    Place place(List<String> path) {
        return new Place(file, lines.of(path), Shown.path(path));
    }

    void add(List<String> path, String problem, String hint) {
        addAt(hasRoom() ? lines.of(path) : 0, path, problem, hint);
    }

    /** An unknown key: its line is looked up by what was written, its path shows only what looks like a key. */
    void addUnknown(List<String> block, String written, Collection<String> known) {
        if (hasRoom()) {
            String shown = Shown.key(written);
            int line = lines.of(Block.child(block, written));
            addAt(line, Block.child(block, shown), "unknown key", Spelling.hint(shown, known));
        } else {
            unsaid++;
        }
    }

    void addAt(int line, List<String> path, String problem, String hint) {
        if (hasRoom()) {
            problems.add(new Problem(file, line, Shown.path(path), problem, hint));
        } else {
            unsaid++;
        }
    }

    private boolean hasRoom() {
        return problems.size() < MOST;
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems, unsaid == 0 ? "" : "\n… and %d more".formatted(unsaid));
        }
    }
}
