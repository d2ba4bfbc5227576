-- Makes a role that reads the warehouse and nothing else, for a BI tool or an analyst. Run it once, after create_loader.sql, as a superuser
-- or as a member of the loader's role. It may come before the first load: the role sees what Load makes later.
--
--   psql -d warehouse -v ON_ERROR_STOP=1 -v reader=bi_reader -v loader=etl_loader -v schema=public -f create_bi_reader.sql
--
-- Then give the role its password with \password bi_reader.

CREATE ROLE :"reader" LOGIN NOINHERIT NOCREATEDB NOCREATEROLE;

-- Whatever it runs changes nothing, and ends after five minutes.
ALTER ROLE :"reader" SET default_transaction_read_only = on;
ALTER ROLE :"reader" SET statement_timeout = '5min';
ALTER ROLE :"reader" SET search_path = :"schema";

-- To compile a query takes 50 ms and more, which a query of 30 ms over one month never wins back.
ALTER ROLE :"reader" SET jit = off;

GRANT CONNECT ON DATABASE :"DBNAME" TO :"reader";
GRANT USAGE ON SCHEMA :"schema" TO :"reader";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"reader";
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA :"schema" TO :"reader";

ALTER DEFAULT PRIVILEGES FOR ROLE :"loader" IN SCHEMA :"schema" GRANT SELECT ON TABLES TO :"reader";
ALTER DEFAULT PRIVILEGES FOR ROLE :"loader" IN SCHEMA :"schema" GRANT EXECUTE ON FUNCTIONS TO :"reader";
