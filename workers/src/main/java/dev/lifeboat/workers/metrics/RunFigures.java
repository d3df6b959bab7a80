package dev.lifeboat.workers.metrics;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the stored reports of runs amount to. */
final class RunFigures {

    private static final String BACKUP = "BackUpDatabase";

    /** Words that are always there, so that a rule has a series before it happens for the first time. */
    private static final List<String> OUTCOMES = List.of("COMMITTED", "FAILED", "ABORTED", "CANCELLED");

    private static final List<String> VERDICTS = List.of("PASS", "WARN", "FAIL", "INCONCLUSIVE");
    private static final Comparator<StoredRun> BY_END =
            Comparator.comparing(StoredRun::ended).thenComparing(it -> it.run().value());

    private final Instant now;
    private final Samples samples;

    private RunFigures(Instant now, Samples samples) {
        this.now = now;
        this.samples = samples;
    }

    /** Adds the figures of all {@code runs}, of which each may be in several repositories. */
    static void add(List<StoredRun> runs, Instant now, Samples samples) {
        RunFigures figures = new RunFigures(now, samples);
        List<StoredRun> ended = runs.stream().distinct().toList();
        ended.stream()
                .filter(it -> it.runbook().equals(BACKUP))
                .collect(groupingBy(it -> List.of(it.database(), it.kind())))
                .values()
                .forEach(figures::backups);
        ended.stream()
                .filter(it -> it.verdict().isPresent())
                .collect(groupingBy(it -> List.of(it.database(), it.runbook())))
                .values()
                .forEach(figures::verifications);
    }

    private void backups(List<StoredRun> runs) {
        StoredRun last = runs.stream().max(BY_END).orElseThrow();
        samples.add(Family.RUN_LAST, last.ended(), last.database(), last.kind());
        for (String outcome : words(OUTCOMES, runs, StoredRun::outcome)) {
            String[] labels = {last.database(), last.kind(), outcome};
            samples.add(Family.RUN_LAST_OUTCOME, last.outcome().equals(outcome), labels);
            samples.add(Family.RUNS, count(runs, it -> it.outcome().equals(outcome)), labels);
        }
    }

    private void verifications(List<StoredRun> runs) {
        StoredRun last = runs.stream().max(BY_END).orElseThrow();
        samples.add(Family.VERIFICATION_LAST, last.ended(), last.database(), last.runbook());
        for (String verdict : words(VERDICTS, runs, it -> it.verdict().orElseThrow())) {
            String[] labels = {last.database(), last.runbook(), verdict};
            samples.add(Family.VERIFICATION_LAST_VERDICT, last.verdict().equals(Optional.of(verdict)), labels);
            samples.add(Family.VERIFICATIONS, count(runs, it -> it.verdict().equals(Optional.of(verdict))), labels);
        }
    }

    private long count(List<StoredRun> runs, Predicate<StoredRun> which) {
        Instant since = now.minus(RepositoryReader.WINDOW);
        return runs.stream()
                .filter(which)
                .filter(it -> it.ended().isAfter(since))
                .count();
    }

    private static Set<String> words(List<String> known, List<StoredRun> runs, Function<StoredRun, String> word) {
        Set<String> words = new TreeSet<>(known);
        runs.stream().map(word).forEach(words::add);
        return words;
    }
}
