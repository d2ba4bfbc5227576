SELECT pg_advisory_unlock(x'4C4F4144'::integer, (SELECT oid::bigint % 2147483648 FROM pg_namespace WHERE nspname = current_schema())::integer);
