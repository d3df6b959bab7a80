-- A role that can read one cluster's databases for backups, and nothing else. PostgreSQL 14 and newer.
--
--     psql -X -v ON_ERROR_STOP=1 -v database=orders -f lifeboat-backup.sql "postgresql://postgres@db1/orders"
--
-- Run it as a superuser, or as a role that may create roles and grant the ones below, once for each database that is
-- backed up. It may be run again. Variables, all but the first optional:
--     database   the database that is backed up, and to which psql is connected
--     role       the role's name; lifeboat_backup if not given
--     bypass_row_security   on (default) or off
-- It sets no password. Do that yourself, where no log and no shell history sees it:  \password lifeboat_backup

\set ON_ERROR_STOP on
\if :{?role}
\else
    \set role lifeboat_backup
\endif
\if :{?bypass_row_security}
\else
    \set bypass_row_security on
\endif

BEGIN;

-- No superuser, no replication, no creating of anything. Five sessions: one keeps the snapshot, pg_dump has one, one sees
-- who waits for our locks, and two are short; twice that, so that a retry is not shut out by what it replaces.
SELECT pg_catalog.format(
        'CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT CONNECTION LIMIT 10', :'role')
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = :'role')
\gexec

-- INHERIT, because a dump never says SET ROLE.
ALTER ROLE :"role" INHERIT;

GRANT CONNECT ON DATABASE :"database" TO :"role";

-- SELECT on all tables, views and sequences, and USAGE on all schemas, also of those that are made later. It includes
-- pg_authid: the password hashes of all roles, so that a backup can bring the roles back as they were. Who minds sets
-- `globals: off` for the database and keeps this role's password all the better, or grants tables by hand instead.
GRANT pg_read_all_data TO :"role";

-- Row security hides rows even from pg_read_all_data. A dump with hidden rows would be refused by pg_dump, so without this
-- a database with any such table has no backup. BYPASSRLS only reads more: it gives no right to a table.
SELECT pg_catalog.format('ALTER ROLE %I BYPASSRLS', :'role') WHERE :'bypass_row_security'::boolean
\gexec
SELECT pg_catalog.format('ALTER ROLE %I NOBYPASSRLS', :'role') WHERE NOT :'bypass_row_security'::boolean
\gexec

-- Who this server is: the system identifier stands in every manifest, and tells two servers of one name apart.
GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO :"role";

-- Large objects know no role that reads all of them: each has rights of its own. Those that are here now:
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata) THEN
        RAISE NOTICE 'this database has large objects: see "Large objects" in ops/sql/README.md';
    END IF;
END $$;
SELECT pg_catalog.format('GRANT SELECT ON LARGE OBJECT %s TO %I', oid, :'role')
FROM pg_catalog.pg_largeobject_metadata
\gexec

-- Nothing else. Sequences come with pg_read_all_data; settings, statistics and files of the server are not needed, and
-- who waits for a lock of ours, everybody may see.

COMMIT;
