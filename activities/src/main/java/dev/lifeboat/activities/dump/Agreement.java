package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.repository.archive.Inspection;
import dev.lifeboat.repository.archive.SequenceValue;
import dev.lifeboat.repository.archive.TableData;
import dev.lifeboat.workflows.model.FailureType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The comparison of a dump with what SQL says of the same snapshot. Where they differ there is no backup. */
final class Agreement {

    private static final int NAMED = 5;

    private final ReadingPlan plan;
    private final Counted counted;
    private final Map<Name, TableData> dumped = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private record Name(String schema, String name) {}

    Agreement(ReadingPlan plan, Counted counted) {
        this.plan = plan;
        this.counted = counted;
    }

    /** The tables as SQL alone has them, for a dump that nobody looked into. */
    List<TableCount> ofSqlAlone() {
        return counted.tables().stream()
                .map(it -> described(it, Optional.empty(), TableCount.NOT_COMPARED))
                .toList();
    }

    /**
     * The tables, in which dump and SQL agree. Throws DUMP_AND_DATABASE_DIFFER when they do not.
     *
     * @param before where the sequences stood before the dump
     * @param after where they stand now; asked only if it matters
     */
    List<TableCount> of(Inspection found, Sequences before, Supplier<Sequences> after) {
        found.tables().forEach(data -> dumped.put(new Name(data.schema(), data.name()), data));
        List<TableCount> tables = new ArrayList<>();
        for (Counted.Rows rows : counted.tables()) {
            Name name = new Name(rows.table().schema(), rows.table().name());
            Optional<TableData> data = Optional.ofNullable(dumped.remove(name));
            compare(rows, data);
            tables.add(described(rows, data, TableCount.COUNTED));
        }
        dumped.keySet()
                .forEach(left -> differences.add(
                        "\"%s\".\"%s\" is in the dump, but was not locked".formatted(left.schema(), left.name())));
        compareLargeObjects(found);
        compareSequences(found, before, after);
        refuseDifferences();
        return tables;
    }

    /** What differs and is no fault of the dump. */
    List<String> warnings() {
        return warnings;
    }

    private void compare(Counted.Rows sql, Optional<TableData> data) {
        Table table = sql.table();
        boolean expected = plan.isInDump(table);
        if (expected && data.isEmpty()) {
            differences.add("the dump has no rows of %s, not even none".formatted(table.quoted()));
        } else if (!expected && data.isPresent()) {
            differences.add("the dump has %,d rows of %s, whose rows should stay out"
                    .formatted(data.get().rows(), table.quoted()));
        } else if (expected
                && sql.rows().isPresent()
                && sql.rows().getAsLong() != data.orElseThrow().rows()) {
            differences.add("%s has %,d rows by SQL and %,d in the dump"
                    .formatted(
                            table.quoted(), sql.rows().getAsLong(), data.get().rows()));
        }
    }

    private static TableCount described(Counted.Rows sql, Optional<TableData> data, String counted) {
        Table table = sql.table();
        OptionalLong rows = data.isPresent() ? OptionalLong.of(data.get().rows()) : sql.rows();
        return new TableCount(
                table.schema(),
                table.name(),
                rows,
                sql.why().isEmpty() ? note(table.kind(), counted) : sql.why(),
                data.map(it -> it.fingerprint().text()));
    }

    private static String note(Table.Kind kind, String counted) {
        return switch (kind) {
            case MATERIALIZED_VIEW -> TableCount.MATERIALIZED_VIEW;
            // In a copy they stand beside those that the extension itself puts there.
            case EXTENSION_CONFIGURATION -> "extension configuration: only the rows that its extension lets be dumped";
            case ORDINARY, UNLOGGED, PARTITIONED, FOREIGN -> counted;
        };
    }

    private void compareLargeObjects(Inspection found) {
        long inDump = found.largeObjects().map(it -> it.count()).orElse(0L);
        if (inDump != counted.largeObjects()) {
            differences.add(
                    "there are %,d large objects by SQL and %,d in the dump".formatted(counted.largeObjects(), inDump));
        }
    }

    private void compareSequences(Inspection found, Sequences before, Supplier<Sequences> after) {
        Map<Name, SequenceValue> values = new HashMap<>();
        found.sequences().forEach(it -> values.put(new Name(it.schema(), it.name()), it));
        List<Sequences.Sequence> behind = new ArrayList<>();
        for (Sequences.Sequence sequence : before.open()) {
            var value = values.get(new Name(sequence.schema(), sequence.name()));
            if (value == null) {
                differences.add("the dump has no value of the sequence %s".formatted(sequence.quoted()));
            } else if (!sequence.isReached(value.value(), value.called())) {
                behind.add(sequence);
            }
        }
        if (!behind.isEmpty()) {
            judge(behind, after.get());
        }
    }

    // An application may set one back at any time: then it stands behind in the database, too.
    private void judge(List<Sequences.Sequence> behind, Sequences now) {
        for (Sequences.Sequence sequence : behind) {
            boolean stillAhead = now.open().stream()
                    .anyMatch(it -> it.oid() == sequence.oid() && sequence.isReached(it.value(), it.called()));
            if (stillAhead) {
                differences.add("the sequence %s stood at %d before the dump and stands behind that in it"
                        .formatted(sequence.quoted(), sequence.value()));
            } else {
                warnings.add("the sequence %s was set back while it was dumped".formatted(sequence.quoted()));
            }
        }
    }

    private void refuseDifferences() {
        if (!differences.isEmpty()) {
            String named = String.join("; ", differences.subList(0, Math.min(NAMED, differences.size())));
            throw differ(
                    differences.size() <= NAMED
                            ? named
                            : "%s; and %,d more".formatted(named, differences.size() - NAMED));
        }
    }

    /** What a dump that cannot be trusted ends with. */
    static RuntimeException differ(String how) {
        return Failures.permanent(
                FailureType.DUMP_AND_DATABASE_DIFFER,
                "the dump is not what the database holds: " + how,
                "nothing was kept; see the server's log, try pg_dump by hand, and look at this worker's memory and network");
    }
}
