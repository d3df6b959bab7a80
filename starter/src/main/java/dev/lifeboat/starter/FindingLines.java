package dev.lifeboat.starter;

import dev.lifeboat.starter.terminal.Colour;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Terminal;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings as lines: the verdict first, the hint under what did not pass, the totals last. */
final class FindingLines {

    private FindingLines() {}

    static List<String> of(List<Finding> findings, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            String detail = finding.detail().isEmpty() ? "" : ": " + Terminal.clean(finding.detail());
            lines.add("%s %s %s%s"
                    .formatted(
                            terminal.paintResult(colour(finding.verdict()), "%-12s".formatted(finding.verdict())),
                            Terminal.clean(finding.subject()),
                            Terminal.clean(finding.check()),
                            detail));
            if (finding.verdict() != Verdict.PASS && !finding.hint().isEmpty()) {
                lines.add(" ".repeat(13) + "hint: " + Terminal.clean(finding.hint()));
            }
        }
        lines.add(totals(findings));
        return lines;
    }

    private static String totals(List<Finding> findings) {
        return Arrays.stream(Verdict.values())
                .map(verdict -> "%d %s"
                        .formatted(
                                findings.stream()
                                        .filter(it -> it.verdict() == verdict)
                                        .count(),
                                verdict.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }

    static ExitCode exitCode(Verdict verdict) {
        return switch (verdict) {
            case PASS, WARN -> ExitCode.GOOD;
            case FAIL -> ExitCode.BAD;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    }

    private static Colour colour(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Colour.GOOD;
            case WARN, INCONCLUSIVE -> Colour.CAREFUL;
            case FAIL -> Colour.BAD;
        };
    }
}
