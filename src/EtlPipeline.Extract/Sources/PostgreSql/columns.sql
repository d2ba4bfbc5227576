-- A relation's columns in order, each with the type under its domains, and its place in the primary key: $1 is the relation's oid.
WITH RECURSIVE base (attnum, type, next) AS (
    SELECT attribute.attnum, type.oid, type.typbasetype
    FROM pg_attribute AS attribute
    JOIN pg_type AS type ON type.oid = attribute.atttypid
    WHERE attribute.attrelid = $1
      AND attribute.attnum > 0
      AND NOT attribute.attisdropped
    UNION ALL
    SELECT base.attnum, type.oid, type.typbasetype
    FROM base
    JOIN pg_type AS type ON type.oid = base.next
)
SELECT attribute.attname,
       base.type,
       key.position
FROM base
JOIN pg_attribute AS attribute ON attribute.attrelid = $1 AND attribute.attnum = base.attnum
LEFT JOIN (
    SELECT part.attnum, part.position
    FROM pg_index AS index
    CROSS JOIN LATERAL unnest(index.indkey::int2[]) WITH ORDINALITY AS part (attnum, position)
    WHERE index.indrelid = $1
      AND index.indisprimary
      AND part.position <= index.indnkeyatts
) AS key ON key.attnum = base.attnum
WHERE base.next = 0
ORDER BY base.attnum
