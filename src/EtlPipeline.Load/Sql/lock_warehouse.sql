-- One Load at a time in this database, until the transaction ends. The number is 'ETL_LOAD' in ASCII.
SELECT pg_advisory_xact_lock(x'45544C5F4C4F4144'::bigint);
