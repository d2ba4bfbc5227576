-- What tells the relations' rows apart, the best first: the primary key, then unique indexes over columns that are NOT NULL, without an
-- expression or a predicate. $1 are the relations' oids.
SELECT index.indrelid,
       array_agg(attribute.attname ORDER BY part.position)
FROM pg_index AS index
CROSS JOIN LATERAL unnest(index.indkey::int2[]) WITH ORDINALITY AS part (attnum, position)
LEFT JOIN pg_attribute AS attribute ON attribute.attrelid = index.indrelid AND attribute.attnum = part.attnum AND part.attnum > 0
WHERE index.indrelid = ANY ($1)
  AND index.indisunique
  AND index.indisvalid
  AND index.indpred IS NULL
  AND part.position <= index.indnkeyatts
GROUP BY index.indrelid, index.indexrelid, index.indisprimary
HAVING bool_and(coalesce(attribute.attnotnull, false))
ORDER BY index.indrelid, index.indisprimary DESC, count(*), index.indexrelid
