-- $1: the table. With each foreign key of one column into the warehouse's schema come the columns that a member of that dimension must have,
-- and what an inferred member has there: 'unknown', cut to the column's length; zero and false where it can't be a text.
WITH foreign_key AS (
    SELECT DISTINCT conkey[1] AS attnum, confrelid AS dimension, confkey[1] AS dimension_attnum
    FROM pg_constraint
    JOIN pg_class AS dimension ON dimension.oid = confrelid AND dimension.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    WHERE contype = 'f' AND conrelid = (format('%I.%I', current_schema(), $1::text))::regclass AND cardinality(conkey) = 1
)
SELECT referring.attname::text,
       dimension.relname::text,
       referred.attname::text,
       coalesce(unknown.columns, '{}'),
       coalesce(unknown.values, '{}')
FROM foreign_key
JOIN pg_attribute AS referring
    ON referring.attrelid = (format('%I.%I', current_schema(), $1::text))::regclass AND referring.attnum = foreign_key.attnum
JOIN pg_class AS dimension ON dimension.oid = foreign_key.dimension
JOIN pg_attribute AS referred ON referred.attrelid = dimension.oid AND referred.attnum = foreign_key.dimension_attnum
LEFT JOIN LATERAL (
    SELECT array_agg(attribute.attname::text ORDER BY attribute.attnum) AS columns,
           array_agg(format('CAST(%L AS %s)', CASE type.typcategory WHEN 'N' THEN '0' WHEN 'B' THEN 'false' ELSE 'unknown' END,
                            format_type(attribute.atttypid, attribute.atttypmod)) ORDER BY attribute.attnum) AS values
    FROM pg_attribute AS attribute
    JOIN pg_type AS type ON type.oid = attribute.atttypid
    WHERE attribute.attrelid = dimension.oid AND attribute.attnum > 0 AND attribute.attnum <> referred.attnum AND NOT attribute.attisdropped
      AND attribute.attnotnull AND NOT attribute.atthasdef AND attribute.attidentity = '' AND attribute.attgenerated = ''
) AS unknown ON true
ORDER BY referring.attnum;
