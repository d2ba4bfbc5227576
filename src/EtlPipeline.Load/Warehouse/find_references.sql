-- $1: the table. Foreign keys of one column, of the table itself, and what they refer to.
SELECT foreign_key.conname::text, regexp_replace(pg_get_constraintdef(foreign_key.oid), ' NOT VALID$', ''), foreign_key.convalidated, referring.attname::text, dimension.relname::text, referred.attname::text
FROM pg_constraint AS foreign_key
JOIN pg_class AS dimension ON dimension.oid = foreign_key.confrelid
JOIN pg_attribute AS referring ON referring.attrelid = foreign_key.conrelid AND referring.attnum = foreign_key.conkey[1]
JOIN pg_attribute AS referred ON referred.attrelid = foreign_key.confrelid AND referred.attnum = foreign_key.confkey[1]
WHERE foreign_key.contype = 'f' AND foreign_key.conrelid = to_regclass(format('%I.%I', current_schema(), $1::text)) AND cardinality(foreign_key.conkey) = 1
  AND dimension.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
ORDER BY referring.attnum;
