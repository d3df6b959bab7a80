package dev.lifeboat.workflows.verify;

import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.activity.SurveyActivities.Newest;
import dev.lifeboat.workflows.activity.SurveyActivities.ReadShare;
import dev.lifeboat.workflows.activity.VerificationActivities.Outcome;
import dev.lifeboat.workflows.activity.VerificationActivities.Waited;
import dev.lifeboat.workflows.activity.VerifyActivities.Verified;
import dev.lifeboat.workflows.model.RunName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run has seen so far. Its verdict is never PASS by default: what was not looked at is INCONCLUSIVE. */
final class Evidence {

    /** Six looks of five activities at two repositories have some hundred lines; a message and a list have fewer. */
    private static final int LINES = 60;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Instant> readUpTo = new LinkedHashMap<>();
    private final Map<String, List<String>> suspects = new LinkedHashMap<>();
    private Waited waited = Waited.FOR_NOBODY;
    private Optional<String> good = Optional.empty();
    private boolean anyFailed;
    private boolean anyUnknown;
    private int looks;
    private int checks;
    private int failed;
    private long readBytes;

    void waited(Waited what) {
        waited = what;
        what.problem().ifPresent(problem -> {
            String words = "the backup that was waited for (%s) made none: %s"
                    .formatted(what.run().orElse("?"), problem);
            if (what.scheduled()) {
                add(new Verified(Verdict.FAIL, 1, 1, List.of(words)));
            } else {
                lines.add(words);
            }
        });
    }

    void newest(Newest newest) {
        good = newest.good();
        looked(newest.seen());
    }

    void looked(Verified seen) {
        looks++;
        add(seen);
    }

    void read(String repository, ReadShare share) {
        looked(share.seen());
        readBytes += share.bytes();
        share.readUpTo().ifPresent(it -> readUpTo.put(repository, it));
        suspects.put(repository, share.suspects());
    }

    /** A look that was not possible. */
    void unknown(String step, String why) {
        add(new Verified(Verdict.INCONCLUSIVE, 1, 0, List.of("%s: %s".formatted(step, why))));
    }

    /** Whether something has failed: then the verdict is known, whatever else is found. */
    boolean isBad() {
        return anyFailed;
    }

    Verdict verdict(int expectedLooks) {
        if (anyFailed) {
            return Verdict.FAIL;
        }
        return anyUnknown || looks < expectedLooks ? Verdict.INCONCLUSIVE : Verdict.PASS;
    }

    List<String> lines() {
        return lines.size() <= LINES ? List.copyOf(lines) : List.copyOf(lines.subList(0, LINES));
    }

    Waited waitedFor() {
        return waited;
    }

    Optional<String> good() {
        return good;
    }

    int checks() {
        return checks;
    }

    int failed() {
        return failed;
    }

    long readBytes() {
        return readBytes;
    }

    Verified summary(Verdict verdict) {
        return new Verified(verdict, checks, failed, lines());
    }

    Outcome outcome(RunName run, String database, Instant at, Verdict verdict) {
        return new Outcome(run, database, at, verdict, readUpTo, suspects, lines());
    }

    private void add(Verified seen) {
        anyFailed |= seen.verdict() == Verdict.FAIL;
        anyUnknown |= seen.verdict() == Verdict.INCONCLUSIVE;
        checks += seen.checks();
        failed += seen.failed();
        lines.addAll(seen.lines());
    }
}
