-- The relations' columns in order, each with the type under its domains, and its place in the primary key: $1 are the relations' oids.
WITH RECURSIVE base (relation, attnum, type, next) AS (
    SELECT attribute.attrelid, attribute.attnum, type.oid, type.typbasetype
    FROM pg_attribute AS attribute
    JOIN pg_type AS type ON type.oid = attribute.atttypid
    WHERE attribute.attrelid = ANY ($1)
      AND attribute.attnum > 0
      AND NOT attribute.attisdropped
    UNION ALL
    SELECT base.relation, base.attnum, type.oid, type.typbasetype
    FROM base
    JOIN pg_type AS type ON type.oid = base.next
)
SELECT base.relation,
       attribute.attname,
       base.type,
       key.position
FROM base
JOIN pg_attribute AS attribute ON attribute.attrelid = base.relation AND attribute.attnum = base.attnum
LEFT JOIN (
    SELECT index.indrelid, part.attnum, part.position
    FROM pg_index AS index
    CROSS JOIN LATERAL unnest(index.indkey::int2[]) WITH ORDINALITY AS part (attnum, position)
    WHERE index.indrelid = ANY ($1)
      AND index.indisprimary
      AND part.position <= index.indnkeyatts
) AS key ON key.indrelid = base.relation AND key.attnum = base.attnum
WHERE base.next = 0
ORDER BY base.relation, base.attnum
