-- $1: the relation's oid. Each column with the base type of its domain.
WITH RECURSIVE base (attnum, type, next) AS (
    SELECT attribute.attnum, type.oid, type.typbasetype
    FROM pg_attribute AS attribute
    JOIN pg_type AS type ON type.oid = attribute.atttypid
    WHERE attribute.attrelid = $1::oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
    UNION ALL
    SELECT base.attnum, type.oid, type.typbasetype FROM base JOIN pg_type AS type ON type.oid = base.next
)
SELECT attribute.attname,
       format_type(attribute.atttypid, attribute.atttypmod),
       attribute.attnotnull,
       col_description(attribute.attrelid, attribute.attnum),
       base.type::regtype::text
FROM base
JOIN pg_attribute AS attribute ON attribute.attrelid = $1::oid AND attribute.attnum = base.attnum
WHERE base.next = 0
ORDER BY base.attnum;
