-- One Load at a time in each schema of each database. The first number is 'LOAD' in ASCII.
SELECT pg_try_advisory_lock(x'4C4F4144'::integer, (SELECT oid::bigint % 2147483648 FROM pg_namespace WHERE nspname = current_schema())::integer);
