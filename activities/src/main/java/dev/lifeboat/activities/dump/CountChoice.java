package dev.lifeboat.activities.dump;

import dev.lifeboat.configuration.CountRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Which tables are counted by SQL, where there is a choice.
 *
 * @param chosen their ids; empty if all are
 * @param why why the others are not
 */
record CountChoice(Optional<Set<Long>> chosen, String why) {

    private static final long SMALL = 50_000_000_000L;
    private static final int OF_A_LARGE_ONE = 20;

    static CountChoice of(CountRule rule, List<Table> tables, Random random) {
        return switch (rule) {
            case CountRule.All all -> all();
            case CountRule.Off off ->
                new CountChoice(Optional.of(Set.of()), "not counted: the configuration says so (count: off)");
            case CountRule.Sample sample -> sample(sample.tables(), tables, random);
            case CountRule.BySize bySize ->
                tables.stream().mapToLong(Table::bytes).sum() < SMALL ? all() : sample(OF_A_LARGE_ONE, tables, random);
        };
    }

    Optional<String> whyNot(Table table) {
        return chosen.filter(ids -> !ids.contains(table.oid())).map(ids -> why);
    }

    private static CountChoice all() {
        return new CountChoice(Optional.empty(), "");
    }

    private static CountChoice sample(int size, List<Table> tables, Random random) {
        List<Table> shuffled = new ArrayList<>(tables);
        Collections.shuffle(shuffled, random);
        Set<Long> chosen = new HashSet<>();
        shuffled.stream().limit(size).forEach(table -> chosen.add(table.oid()));
        return new CountChoice(
                Optional.of(chosen), "not counted: a sample of %d tables was, and not this one".formatted(size));
    }
}
