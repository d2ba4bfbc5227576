-- The relations of a schema ($1) as Extract sees them: rights, row-level security, size, key, and whether a text key has no index in the
-- order of its bytes (uuid and an index with the collation "C" have that order).
SELECT relation.relname,
       relation.relkind,
       has_table_privilege(relation.oid, 'SELECT') AS can_read,
       row_security_active(relation.oid) AS hides_rows,
       relation.reltuples::bigint AS rows,
       coalesce(key.columns, '{}') AS key,
       coalesce(key.is_text AND NOT EXISTS (
           SELECT
           FROM pg_index AS other
           LEFT JOIN pg_collation AS collated ON collated.oid = other.indcollation[0]
           WHERE other.indrelid = relation.oid AND other.indisvalid AND other.indkey[0] = key.first
             AND (collated.collname IN ('C', 'POSIX')
                  OR collated.collname = 'default' AND (SELECT datcollate IN ('C', 'POSIX') FROM pg_database WHERE datname = current_database()))), false) AS has_slow_key,
       ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum) AS columns
FROM pg_class AS relation
JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
LEFT JOIN LATERAL (
    SELECT array_agg(attribute.attname::text ORDER BY position.n) AS columns,
           bool_or(attribute.atttypid NOT IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'uuid'::regtype)) AS is_text,
           min(index.indkey[0]) AS first
    FROM pg_index AS index
    CROSS JOIN LATERAL unnest(index.indkey::smallint[]) WITH ORDINALITY AS position (attnum, n)
    JOIN pg_attribute AS attribute ON attribute.attrelid = index.indrelid AND attribute.attnum = position.attnum
    WHERE index.indexrelid = (
        SELECT candidate.indexrelid
        FROM pg_index AS candidate
        WHERE candidate.indrelid = relation.oid AND candidate.indisunique AND candidate.indisvalid
          AND candidate.indexprs IS NULL AND candidate.indpred IS NULL
          AND NOT EXISTS (
              SELECT
              FROM pg_attribute AS nullable
              WHERE nullable.attrelid = relation.oid AND nullable.attnum = ANY (candidate.indkey::smallint[]) AND NOT nullable.attnotnull)
        ORDER BY candidate.indisprimary DESC, candidate.indnkeyatts, candidate.indexrelid
        LIMIT 1)
      AND position.n <= index.indnkeyatts
) AS key ON true
WHERE namespace.nspname = $1 AND relation.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT relation.relispartition
ORDER BY relation.relname COLLATE "C"
