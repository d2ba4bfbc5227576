-- The tables of a schema, and whether they have a key, for a list with *: $1 is the schema.
SELECT relation.relname,
  EXISTS (
      SELECT
      FROM pg_index AS index
      WHERE index.indrelid = relation.oid
        AND index.indisunique
        AND index.indisvalid
        AND index.indpred IS NULL
        AND NOT EXISTS (
            SELECT
            FROM unnest(index.indkey::int2[]) WITH ORDINALITY AS part (attnum, position)
            LEFT JOIN pg_attribute AS attribute
                ON attribute.attrelid = index.indrelid AND attribute.attnum = part.attnum AND part.attnum > 0
            WHERE part.position <= index.indnkeyatts
              AND NOT coalesce(attribute.attnotnull, false))) AS has_key
FROM pg_class AS relation
JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
WHERE namespace.nspname = $1
  AND relation.relkind IN ('r', 'p')
  AND NOT relation.relispartition
ORDER BY relation.relname
