package dev.lifeboat.activities.dump;

import java.util.List;
import java.util.OptionalLong;

/** What SQL says of a snapshot. */
record Counted(List<Rows> tables, long largeObjects) {

    /**
     * A table and its rows.
     *
     * @param why why it was not counted; empty if it was
     */
    record Rows(Table table, OptionalLong rows, String why) {}
}
