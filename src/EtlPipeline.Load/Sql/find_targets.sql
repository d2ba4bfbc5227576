-- Tables by the names that this pipeline's targets have, dimensions first.
SELECT relname::text
FROM pg_class
WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
  AND relkind IN ('r', 'p')
  AND relname::text ~ '^(dim|fact)_[A-Za-z0-9_]+$'
ORDER BY (relname::text LIKE 'fact%'), relname::text COLLATE "C";
