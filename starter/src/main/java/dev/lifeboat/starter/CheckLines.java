package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.repository.verification.Verification;
import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.starter.terminal.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A verification as a person and as a program reads it.
 *
 * @param others the other repositories that have the backup, if it matters
 */
record CheckLines(BackupId backup, String repository, List<Check> checks, List<String> others) {

    private static final String TABLE = "table";
    private static final int INDENT = 13;

    /** One line a check; tables that are as they should be are one line together, unless all are wanted. */
    List<String> lines(Terminal terminal, boolean all) {
        List<String> lines = new ArrayList<>();
        lines.add("%s in '%s'".formatted(backup, repository));
        boolean summed = all;
        for (Check check : checks) {
            if (all || !isGoodTable(check)) {
                lines.add(line(check, terminal));
                hint(check, lines);
            } else if (!summed) {
                summed = true;
                lines.add(verdict(Verdict.PASS, terminal) + "tables: " + goodTables());
            }
        }
        lines.add("%d of %s passed".formatted(passed(), Words.plural(checks.size(), "check")));
        for (String other : others) {
            lines.add("'%s' has this backup too: lifeboat verify %s --repository %s".formatted(other, backup, other));
        }
        return lines;
    }

    /** Every check in words, for a file. */
    List<String> log() {
        List<String> lines = new ArrayList<>();
        lines.add("%s in '%s'".formatted(backup, repository));
        for (Check check : checks) {
            lines.add("%-12s ".formatted(check.verdict()) + words(check));
            hint(check, lines);
        }
        lines.add("%d of %s passed".formatted(passed(), Words.plural(checks.size(), "check")));
        return lines;
    }

    /** For a program; {@code log} is the file that holds {@link #log}. */
    ObjectNode document(Optional<Path> log) {
        ObjectNode document = Json.object()
                .put("backup", backup.value())
                .put("repository", repository)
                .put("verdict", Verification.worst(checks).name())
                .put("passed", passed())
                .put("total", checks.size());
        ArrayNode array = document.putArray("checks");
        checks.forEach(check -> array.addObject()
                .put("check", check.name())
                .put("subject", check.subject())
                .put("verdict", check.verdict().name())
                .put("words", check.words())
                .put("hint", check.hint()));
        ArrayNode alsoIn = document.putArray("alsoIn");
        others.forEach(alsoIn::add);
        log.ifPresent(file -> document.put("log", file.toString()));
        return document;
    }

    private String line(Check check, Terminal terminal) {
        return verdict(check.verdict(), terminal) + words(check);
    }

    private static String words(Check check) {
        String subject = check.subject().isEmpty() ? "" : " " + check.subject();
        return Terminal.clean(check.name() + subject + ": " + check.words());
    }

    private void hint(Check check, List<String> lines) {
        if (check.verdict() != Verdict.PASS && !check.hint().isEmpty()) {
            lines.add(" ".repeat(INDENT) + "hint: " + Terminal.clean(Failures.sentence(check.hint())));
        }
    }

    private static String verdict(Verdict verdict, Terminal terminal) {
        Colour colour = switch (verdict) {
            case PASS -> Colour.GOOD;
            case WARN, INCONCLUSIVE -> Colour.CAREFUL;
            case FAIL -> Colour.BAD;
        };
        return terminal.paintResult(colour, "%-12s".formatted(verdict)) + " ";
    }

    private String goodTables() {
        long good = checks.stream().filter(CheckLines::isGoodTable).count();
        long tables =
                checks.stream().filter(check -> check.name().equals(TABLE)).count();
        return "%s of %s as taken".formatted(Words.count(good), Words.count(tables));
    }

    private long passed() {
        return checks.stream().filter(check -> check.verdict() == Verdict.PASS).count();
    }

    private static boolean isGoodTable(Check check) {
        return check.name().equals(TABLE) && check.verdict() == Verdict.PASS;
    }
}
