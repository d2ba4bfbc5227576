-- What the role may do in the warehouse and in the schema $1, and which of the tables $2 exist and belong to others.
SELECT pg_is_in_recovery() AS is_read_only,
       has_database_privilege(current_database(), 'TEMPORARY') AS can_make_temporary_tables,
       schema.oid IS NOT NULL AS has_schema,
       has_database_privilege(current_database(), 'CREATE') AS can_make_schema,
       coalesce(has_schema_privilege(schema.oid, 'CREATE') AND has_schema_privilege(schema.oid, 'USAGE'), false) AS can_make_tables,
       EXISTS (
           SELECT FROM pg_class AS ledger
           WHERE ledger.relnamespace = schema.oid AND ledger.relname = 'etl_load'
             AND NOT EXISTS (SELECT FROM pg_class AS target WHERE target.relnamespace = schema.oid AND target.relname = 'etl_target')) AS is_format_one,
       ARRAY(
           SELECT relation.relname::text FROM pg_class AS relation
           WHERE relation.relnamespace = schema.oid AND relation.relkind IN ('r', 'p') AND relation.relname = ANY ($2)
             AND NOT pg_has_role(relation.relowner, 'USAGE')
           ORDER BY relation.relname) AS others
FROM (VALUES (1)) AS one (row)
LEFT JOIN pg_namespace AS schema ON schema.nspname = $1
