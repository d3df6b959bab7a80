package dev.lifeboat.activities.survey;

import dev.lifeboat.activities.Few;
import dev.lifeboat.repository.verification.Check;
import dev.lifeboat.repository.verification.Verdict;
import dev.lifeboat.repository.verification.Verification;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import java.util.List;

/** Checks as they pass through Temporal: the worst verdict, and the first lines of what did not pass. */
final class Lines {

    private Lines() {}

    static Verified seen(Check check) {
        return seen(List.of(check));
    }

    static Verified seen(List<Check> checks) {
        List<String> lines = checks.stream()
                .filter(it -> it.verdict() != Verdict.PASS)
                .sorted((one, other) -> other.verdict().compareTo(one.verdict()))
                .map(Lines::line)
                .toList();
        int failed =
                (int) checks.stream().filter(it -> it.verdict() == Verdict.FAIL).count();
        return new Verified(
                Finding.Verdict.valueOf(Verification.worst(checks).name()),
                checks.size(),
                failed,
                Few.of(lines, "lifeboat verify BACKUP looks at one backup alone"));
    }

    private static String line(Check check) {
        String subject = check.subject().isEmpty() ? "" : " " + check.subject();
        String hint = check.hint().isEmpty() ? "" : "; " + check.hint().replaceAll("[.\\s]+$", "");
        return (check.name() + subject + ": " + check.words() + hint).replaceAll("\\p{Cntrl}", "?");
    }
}
