-- $1: the schema, $2: the relations' names; NULL: every table. A key is the primary key, otherwise a unique index over columns that are NOT NULL.
SELECT relation.relname,
       relation.oid,
       has_schema_privilege(namespace.oid, 'USAGE') AND has_table_privilege(relation.oid, 'SELECT') AS is_readable,
       obj_description(relation.oid, 'pg_class') AS comment,
       (SELECT array_agg(attribute.attname::text ORDER BY part.position)
        FROM pg_index AS index
        CROSS JOIN unnest(index.indkey::int2[]) WITH ORDINALITY AS part (attnum, position)
        LEFT JOIN pg_attribute AS attribute ON attribute.attrelid = index.indrelid AND attribute.attnum = part.attnum AND part.attnum > 0
        WHERE index.indrelid = relation.oid AND index.indisunique AND index.indisvalid AND index.indpred IS NULL AND part.position <= index.indnkeyatts
        GROUP BY index.indexrelid, index.indisprimary
        HAVING bool_and(coalesce(attribute.attnotnull, false))
        ORDER BY index.indisprimary DESC, count(*), index.indexrelid
        LIMIT 1) AS key
FROM pg_class AS relation
JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
WHERE namespace.nspname = $1
  AND CASE WHEN $2::text[] IS NULL THEN relation.relkind IN ('r', 'p') AND NOT relation.relispartition
           ELSE relation.relname = ANY ($2) AND relation.relkind IN ('r', 'p', 'v', 'm', 'f') END
ORDER BY relation.relname;
