-- $1: names of tables of the current schema. Each column with the base type of its domain, and its length.
WITH RECURSIVE base (relation, attnum, type, modifier, next) AS (
    SELECT attribute.attrelid, attribute.attnum, attribute.atttypid, attribute.atttypmod, type.typbasetype
    FROM pg_attribute AS attribute
    JOIN pg_class AS relation ON relation.oid = attribute.attrelid
    JOIN pg_type AS type ON type.oid = attribute.atttypid
    WHERE relation.relname = ANY ($1) AND relation.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND relation.relkind IN ('r', 'p', 'v', 'f')
      AND attribute.attnum > 0 AND NOT attribute.attisdropped
    UNION ALL
    SELECT base.relation, base.attnum, base.next, type.typtypmod, parent.typbasetype
    FROM base
    JOIN pg_type AS type ON type.oid = base.type
    JOIN pg_type AS parent ON parent.oid = base.next
)
SELECT relation.relname, attribute.attname, format_type(base.type, base.modifier)
FROM base
JOIN pg_class AS relation ON relation.oid = base.relation
JOIN pg_attribute AS attribute ON attribute.attrelid = base.relation AND attribute.attnum = base.attnum
WHERE base.next = 0
ORDER BY relation.relname, base.attnum;
