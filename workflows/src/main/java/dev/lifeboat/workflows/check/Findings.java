package dev.lifeboat.workflows.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lifeboat.workflows.Payloads;
import dev.lifeboat.workflows.Queue;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import dev.lifeboat.workflows.journal.Trouble;
import dev.lifeboat.workflows.model.RunName;
import io.temporal.failure.ActivityFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What a check has found so far. A look that fails is a finding, too: a check goes on to its end. */
final class Findings {

    /** From good to bad: what is known to be broken outweighs what nobody could look at. */
    private static final List<Verdict> FROM_GOOD_TO_BAD =
            List.of(Verdict.PASS, Verdict.WARN, Verdict.INCONCLUSIVE, Verdict.FAIL);

    private static final Comparator<Verdict> BADNESS = Comparator.comparingInt(FROM_GOOD_TO_BAD::indexOf);

    /** What the findings of a report may take together, so that the report as a whole passes through Temporal. */
    private static final int ROOM = Payloads.LIMIT - 4 * 1024;

    private static final JsonMapper JSON = Payloads.mapper();

    private final List<Finding> all = new ArrayList<>();
    private final Set<Queue> unserved = EnumSet.noneOf(Queue.class);

    void add(Finding finding) {
        all.add(finding);
    }

    /** Adds what {@code look} finds, or that it could not. */
    void add(Queue queue, String subject, String check, Supplier<List<Finding>> look) {
        all.addAll(look(queue, subject, check, List.of(), look));
    }

    /** Returns what {@code look} returns; adds a finding and returns {@code instead} if it could not. */
    <T> T look(Queue queue, String subject, String check, T instead, Supplier<T> look) {
        if (unserved.contains(queue)) { // asking again would only take as long again
            all.add(unserved(queue, subject, check));
            return instead;
        }
        try {
            return look.get();
        } catch (ActivityFailure e) {
            if (Trouble.isCancel(e)) {
                throw e;
            }
            if (Trouble.nobodyTookIt(e)) {
                unserved.add(queue);
                all.add(unserved(queue, subject, check));
            } else {
                Verdict verdict = Trouble.isLost(e) ? Verdict.INCONCLUSIVE : Verdict.FAIL;
                all.add(new Finding(subject, check, verdict, Trouble.problem(e), "mend it, then check again"));
            }
            return instead;
        }
    }

    /** The worst of all, and as many findings as pass through Temporal, bad ones first if there are too many. */
    CheckReport report(RunName run) {
        return new CheckReport(run, worst(all), size(all) <= ROOM ? List.copyOf(all) : shortened());
    }

    private List<Finding> shortened() {
        List<Finding> badFirst = all.stream()
                .sorted(Comparator.comparing(Finding::verdict, BADNESS.reversed()))
                .toList();
        int room = ROOM;
        int kept = 0;
        while (kept < badFirst.size() && size(badFirst.get(kept)) <= room) {
            room -= size(badFirst.get(kept));
            kept++;
        }
        List<Finding> left = badFirst.subList(kept, badFirst.size());
        List<Finding> shown = new ArrayList<>(badFirst.subList(0, kept));
        shown.add(new Finding(
                "check",
                "shows everything",
                worst(left),
                "and %d more findings, which are too many for one report".formatted(left.size()),
                "mend what is shown, then check again"));
        return shown;
    }

    private static Finding unserved(Queue queue, String subject, String check) {
        return new Finding(
                subject,
                check,
                Verdict.INCONCLUSIVE,
                "no worker serves the role " + queue.role(),
                "start one with lifeboat worker --roles %s, or wait until its slots are free".formatted(queue.role()));
    }

    private static Verdict worst(List<Finding> findings) {
        return findings.stream().map(Finding::verdict).max(BADNESS).orElse(Verdict.INCONCLUSIVE);
    }

    static Verdict worse(Verdict one, Verdict other) {
        return BADNESS.compare(one, other) < 0 ? other : one;
    }

    private static int size(List<Finding> findings) {
        return findings.stream().mapToInt(Findings::size).sum();
    }

    private static int size(Finding finding) {
        try {
            return JSON.writeValueAsBytes(finding).length + 1;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
