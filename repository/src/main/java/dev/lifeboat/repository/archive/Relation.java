package dev.lifeboat.repository.archive;

/** Something with rows that a dump defines, whether or not it holds the rows. */
public record Relation(Kind kind, String schema, String name) {

    /** What it is, and so whether a dump holds its rows. */
    public enum Kind {
        /** An ordinary, unlogged or partitioned table; only partitions of the latter have rows. */
        TABLE,
        /** Its rows live elsewhere and are never in a dump. */
        FOREIGN_TABLE,
        /** Its rows are computed again by a restore. */
        MATERIALIZED_VIEW
    }
}
