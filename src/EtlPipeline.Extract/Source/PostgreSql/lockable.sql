-- What LOCK TABLE can be tried on: a failed one aborts the transaction. Foreign tables and materialized views can't be locked. $1 is the
-- schema, $2 the relations' names.
SELECT relation.relname
FROM pg_class AS relation
JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
WHERE namespace.nspname = $1
  AND relation.relname = ANY ($2)
  AND relation.relkind IN ('r', 'p', 'v')
  AND has_schema_privilege(namespace.oid, 'USAGE')
  AND has_table_privilege(relation.oid, 'SELECT')
