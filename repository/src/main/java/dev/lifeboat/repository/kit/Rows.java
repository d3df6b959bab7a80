package dev.lifeboat.repository.kit;

import dev.lifeboat.repository.TableCount;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows that a restored copy must have: what to expect, and the queries that count them in the same order. */
final class Rows {

    static final String EXPECTED = "rows.txt";
    static final String QUERIES = "rows.sql";

    private final List<TableCount> counted;

    Rows(List<TableCount> tables) {
        // Others hold rows that are not in the dump, or not all of them: the page names them.
        this.counted = tables.stream().filter(TableCount::countedInFull).toList();
    }

    byte[] expected() {
        StringBuilder lines = new StringBuilder();
        for (TableCount table : counted) {
            lines.append(name(table))
                    .append(' ')
                    .append(table.rows().orElseThrow())
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] queries() {
        StringBuilder lines = new StringBuilder();
        for (TableCount table : counted) {
            lines.append(
                    "SELECT %s || ' ' || count(*) FROM ONLY %s;\n".formatted(Shell.literal(name(table)), name(table)));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String name(TableCount table) {
        // psql drops the rest of a line after it, quotes included, and the next line would be read as commands.
        if ((table.schema() + table.name()).indexOf('\0') >= 0) {
            throw Page.damaged("a zero byte in the name of the table '%s'".formatted(Shell.prose(table.name())));
        }
        return Shell.identifier(table.schema()) + "." + Shell.identifier(table.name());
    }
}
