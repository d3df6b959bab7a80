package dev.lifeboat.activities.dump;

import dev.lifeboat.activities.postgres.TestPostgres;

/** One table of every kind that is treated in its own way. */
final class EveryKind {

    private EveryKind() {}

    static void of(TestPostgres server, String database) {
        server.execute(
                database,
                "CREATE TABLE plain AS SELECT generate_series(1, 2) AS v",
                "CREATE TABLE parent AS SELECT generate_series(1, 3) AS v",
                "CREATE TABLE child () INHERITS (parent)",
                "INSERT INTO child SELECT generate_series(1, 4)",
                "CREATE TABLE parted (v int) PARTITION BY RANGE (v)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (100) TO (200)",
                "INSERT INTO parted SELECT generate_series(1, 5)",
                "INSERT INTO parted SELECT generate_series(101, 106)",
                "CREATE UNLOGGED TABLE quick AS SELECT generate_series(1, 7) AS v",
                "CREATE VIEW seen AS SELECT * FROM plain",
                "CREATE MATERIALIZED VIEW kept AS SELECT * FROM plain",
                "CREATE MATERIALIZED VIEW never AS SELECT * FROM plain WITH NO DATA",
                // An extension is made of what a table belongs to and what it says of itself; no files are needed.
                "CREATE TABLE config AS SELECT generate_series(1, 9) AS v",
                "CREATE EXTENSION citext",
                "ALTER EXTENSION citext ADD TABLE config",
                "UPDATE pg_extension SET extconfig = ARRAY['config'::regclass::oid], extcondition = ARRAY['WHERE v > 5']"
                        + " WHERE extname = 'citext'",
                "CREATE EXTENSION file_fdw",
                "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
                "CREATE FOREIGN TABLE far (v text) SERVER files OPTIONS (filename '/no/such/file')");
    }
}
