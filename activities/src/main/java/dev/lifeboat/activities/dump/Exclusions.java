package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.postgres.ServerFailures;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables whose rows stay out of a dump because the configuration says so. A partitioned table stands for all its
 * partitions.
 *
 * @param tables their ids
 * @param unknown names that are no table of the database
 */
record Exclusions(Set<Long> tables, List<String> unknown) {

    static Exclusions of(List<String> names, Keeper keeper, List<Table> tables) {
        Set<Long> excluded = new HashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            List<Table> named = tables.stream()
                    .filter(table -> table.kind().isLocked() && table.written().equals(name))
                    .toList();
            if (named.isEmpty()) {
                unknown.add(name);
            }
            for (Table table : named) {
                excluded.addAll(
                        table.kind() == Table.Kind.PARTITIONED ? partitions(keeper, table) : Set.of(table.oid()));
            }
        }
        return new Exclusions(excluded, unknown);
    }

    boolean leavesOut(Table table) {
        return tables.contains(table.oid());
    }

    /** pg_dump's words for it: exact names, because within quotes nothing is a pattern. */
    List<String> arguments(List<Table> all) {
        return all.stream()
                .filter(this::leavesOut)
                .map(table -> "--exclude-table-data=" + quoted(table.schema()) + "." + quoted(table.name()))
                .toList();
    }

    List<String> warnings() {
        return unknown.stream()
                .map(name -> "`exclude-data` names '%s', which is no table of this database".formatted(name))
                .toList();
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static Set<Long> partitions(Keeper keeper, Table table) {
        Set<Long> partitions = new HashSet<>();
        try (PreparedStatement statement = keeper.connection()
                .prepareStatement(
                        "SELECT relid::pg_catalog.oid FROM pg_catalog.pg_partition_tree(?::pg_catalog.oid)")) {
            statement.setLong(1, table.oid());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    partitions.add(row.getLong(1));
                }
            }
            return partitions;
        } catch (SQLException e) {
            throw ServerFailures.working(keeper.address(), "asking for partitions", e);
        }
    }
}
