-- $1: names of tables. Each of their columns, and a value of its type that says that nothing is known.
SELECT class.relname::text, pg_has_role(class.relowner, 'USAGE'), attribute.attname::text, format_type(attribute.atttypid, attribute.atttypmod),
       CASE type.typtype WHEN 'd' THEN format_type(type.typbasetype, type.typtypmod) WHEN 'e' THEN 'enum' ELSE format_type(attribute.atttypid, attribute.atttypmod) END,
       attribute.attnotnull, attribute.atthasdef OR attribute.attidentity <> '', attribute.attgenerated <> '' OR attribute.attidentity = 'a',
       coalesce(attribute.attnum = ANY (primary_key.conkey), false),
       format('CAST(%L AS %s)', CASE
           WHEN type.typtype = 'e' THEN (SELECT enumlabel::text FROM pg_enum WHERE enumtypid = type.oid ORDER BY enumlabel <> 'unknown', enumsortorder LIMIT 1)
           WHEN type.typcategory = 'N' THEN '0'
           WHEN type.typcategory = 'B' THEN 'false'
           WHEN type.typcategory = 'A' THEN '{}'
           WHEN type.typname IN ('date', 'timestamp', 'timestamptz') THEN '-infinity'
           WHEN type.typname IN ('time', 'timetz') THEN '00:00'
           WHEN type.typname = 'interval' THEN '0'
           WHEN type.typname = 'uuid' THEN '00000000-0000-0000-0000-000000000000'
           WHEN type.typname IN ('json', 'jsonb') THEN 'null'
           WHEN type.typname = 'bytea' THEN ''
           WHEN type.typname IN ('inet', 'cidr') THEN '0.0.0.0'
           ELSE 'unknown' END, format_type(attribute.atttypid, attribute.atttypmod))
FROM pg_class AS class
JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace AND namespace.nspname = current_schema()
JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
JOIN pg_type AS type ON type.oid = attribute.atttypid
LEFT JOIN pg_constraint AS primary_key ON primary_key.conrelid = class.oid AND primary_key.contype = 'p'
WHERE class.relname = ANY ($1) AND class.relkind IN ('r', 'p', 'v')
ORDER BY class.relname, attribute.attnum;
