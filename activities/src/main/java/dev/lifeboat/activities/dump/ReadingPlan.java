package dev.lifeboat.activities.dump;

import dev.lifeboat.configuration.ReadingSettings;
import dev.lifeboat.repository.TableCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What of a snapshot is dumped, and what of it is counted by SQL beside. */
record ReadingPlan(LockedSnapshot snapshot, Exclusions exclusions, CountChoice choice) {

    static ReadingPlan of(ReadingSettings settings, Keeper keeper, LockedSnapshot snapshot) {
        Exclusions exclusions = Exclusions.of(settings.excludeData(), keeper, snapshot.tables());
        List<Table> countable = snapshot.tables().stream()
                .filter(table -> whyNeverCounted(table, snapshot, exclusions).isEmpty())
                .toList();
        return new ReadingPlan(snapshot, exclusions, CountChoice.of(settings.count(), countable, new Random()));
    }

    List<Table> tables() {
        return snapshot.tables();
    }

    /** Whether the dump must have a part for the rows of this table, even if there are none. */
    boolean isInDump(Table table) {
        return table.kind() != Table.Kind.MATERIALIZED_VIEW
                && whyNeverCounted(table, snapshot, exclusions).isEmpty();
    }

    /** Why SQL does not count this table; empty if it does. */
    Optional<String> whyNotCounted(Table table) {
        return whyNeverCounted(table, snapshot, exclusions).or(() -> choice.whyNot(table));
    }

    /** One line each, however many tables there are: this passes through Temporal, and the manifest names them all. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(exclusions.warnings());
        List<String> unlogged = tables().stream()
                .filter(table -> table.kind() == Table.Kind.UNLOGGED && snapshot.inRecovery())
                .map(Table::quoted)
                .toList();
        if (!unlogged.isEmpty()) {
            warnings.add("%d unlogged tables were dumped from a standby, where they have no rows; the first is %s"
                    .formatted(unlogged.size(), unlogged.getFirst()));
        }
        return warnings;
    }

    private static Optional<String> whyNeverCounted(Table table, LockedSnapshot snapshot, Exclusions exclusions) {
        if (exclusions.leavesOut(table) && table.kind() != Table.Kind.PARTITIONED) {
            return Optional.of(TableCount.LEFT_OUT);
        }
        return switch (table.kind()) {
            case ORDINARY, EXTENSION_CONFIGURATION, MATERIALIZED_VIEW -> Optional.empty();
            case UNLOGGED -> snapshot.inRecovery() ? Optional.of(TableCount.UNLOGGED) : Optional.empty();
            case PARTITIONED -> Optional.of(TableCount.PARTITIONED);
            case FOREIGN -> Optional.of(TableCount.FOREIGN);
        };
    }
}
