-- Every column of the schema's tables, with its type.
SELECT class.relname::text, attribute.attname::text, format_type(attribute.atttypid, attribute.atttypmod)
FROM pg_class AS class
JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
WHERE class.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND class.relkind IN ('r', 'p')
ORDER BY class.relname, attribute.attnum;
