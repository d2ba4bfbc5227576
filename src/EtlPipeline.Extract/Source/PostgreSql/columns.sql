-- The relations' columns in order, each with the type under its domains: $1 are the relations' oids.
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
       attribute.attnum,
       attribute.attname,
       base.type,
       format_type(attribute.atttypid, attribute.atttypmod),
       attribute.attnotnull,
       col_description(base.relation, attribute.attnum),
       -- Values of such types are printed as names, and change with what they name, without a trace in the row.
       (SELECT format_type(element.oid, NULL)
        FROM pg_type AS type
        JOIN pg_type AS element ON element.oid IN (type.oid, type.typelem)
        WHERE type.oid = base.type
          AND element.typname ~ '^reg'
          AND element.typnamespace = 'pg_catalog'::regnamespace) AS renamed_type
FROM base
JOIN pg_attribute AS attribute ON attribute.attrelid = base.relation AND attribute.attnum = base.attnum
WHERE base.next = 0
ORDER BY base.relation, base.attnum
