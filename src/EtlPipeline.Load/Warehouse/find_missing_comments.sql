-- $1: kinds of objects (TABLE, VIEW, COLUMN, FUNCTION), $2: their names, $3: columns or '', $4: comments. The statements that are to be run; the server quotes what is in them.
SELECT format('COMMENT ON %s %s%s IS %L', wanted.kind,
              CASE wanted.kind WHEN 'FUNCTION' THEN format('%I.%I(timestamptz)', current_schema(), wanted.name) ELSE format('%I.%I', current_schema(), wanted.name) END,
              CASE wanted.kind WHEN 'COLUMN' THEN format('.%I', wanted."column") ELSE '' END, wanted.comment)
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS wanted (kind, name, "column", comment)
LEFT JOIN pg_class AS class ON wanted.kind <> 'FUNCTION' AND class.relname = wanted.name AND class.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
LEFT JOIN pg_attribute AS attribute ON wanted.kind = 'COLUMN' AND attribute.attrelid = class.oid AND attribute.attname = wanted."column"
WHERE (wanted.kind = 'FUNCTION' OR class.oid IS NOT NULL AND pg_has_role(class.relowner, 'USAGE'))
  AND (wanted.kind <> 'COLUMN' OR attribute.attname IS NOT NULL)
  AND wanted.comment IS DISTINCT FROM CASE wanted.kind
      WHEN 'FUNCTION' THEN obj_description(to_regprocedure(format('%I.%I(timestamptz)', current_schema(), wanted.name)), 'pg_proc')
      WHEN 'COLUMN' THEN col_description(class.oid, attribute.attnum)
      ELSE obj_description(class.oid, 'pg_class') END;
