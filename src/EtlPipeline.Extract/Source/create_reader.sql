-- Makes the role that Extract reads the OLTP database as. Run it once in that database, as the owner of the tables or a superuser:
--
--   psql -d totesys -v ON_ERROR_STOP=1 -v reader=etl_reader -v schema=public -f create_reader.sql
--
-- The role may read every table of the schema, and those that whoever runs this makes there later. To let it read some tables only, name them:
-- -v tables='public.address, public.currency'.
--
-- Then give the role its password with \password etl_reader, which keeps it out of the shell's history and the server's log.

-- None of its rights come from membership in other roles. Two runs may overlap for the moment in which the second finds the lock taken.
CREATE ROLE :"reader" LOGIN NOINHERIT NOCREATEDB NOCREATEROLE CONNECTION LIMIT 5;

-- PUBLIC has this unless somebody took it away.
GRANT CONNECT ON DATABASE :"DBNAME" TO :"reader";

-- Without it no name in the schema is found.
GRANT USAGE ON SCHEMA :"schema" TO :"reader";

-- SELECT is enough: for the rows, for LOCK TABLE ... IN ACCESS SHARE MODE, and for xmin. It has to be granted on whole tables, not on columns,
-- because LOCK TABLE asks for that.
\if :{?tables}
GRANT SELECT ON :tables TO :"reader";
\else
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"reader";
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT SELECT ON TABLES TO :"reader";
\endif

-- Not granted, because nothing needs it: writing, sequences, functions (the advisory lock, the snapshot's transaction ids and the server's
-- identity are open to every role). If a table has row-level security, Extract refuses it rather than miss rows; a superuser then has to add
-- BYPASSRLS.
