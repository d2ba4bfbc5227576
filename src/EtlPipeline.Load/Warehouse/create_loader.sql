-- Makes the role that Load writes the warehouse as, and the warehouse's schema. Run it once in that database, as its owner or a superuser:
--
--   psql -d warehouse -v ON_ERROR_STOP=1 -v loader=etl_loader -v schema=public -f create_loader.sql
--
-- Then give the role its password with \password etl_loader, which keeps it out of the shell's history and the server's log. If facts were
-- there before, their owner runs adopt.sql for each of them too.

-- None of its rights come from membership in other roles. One Load works, a few look whether they have to.
CREATE ROLE :"loader" LOGIN NOINHERIT NOCREATEDB NOCREATEROLE CONNECTION LIMIT 20;

-- TEMPORARY for the staging tables that a version is copied into. PUBLIC has both unless somebody took them away.
GRANT CONNECT, TEMPORARY ON DATABASE :"DBNAME" TO :"loader";

-- The schema stays its owner's, so that the role can't drop what others keep there.
CREATE SCHEMA IF NOT EXISTS :"schema";

-- CREATE for the tables, indexes, views and functions that Load makes and alters. They belong to it, so it needs no grant on them.
GRANT USAGE, CREATE ON SCHEMA :"schema" TO :"loader";
