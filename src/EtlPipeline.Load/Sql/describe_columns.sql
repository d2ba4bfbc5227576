-- $1: the table
SELECT columns.column_name::text,
       columns.data_type::text,
       coalesce(columns.numeric_scale, columns.datetime_precision)::integer AS scale,
       columns.is_nullable = 'YES' OR columns.column_default IS NOT NULL OR columns.is_identity = 'YES' OR columns.is_generated = 'ALWAYS'
           AS is_optional,
       columns.is_generated = 'ALWAYS' AS is_generated,
       coalesce(unique_index.is_primary_key, false) AS is_primary_key,
       unique_index.attnum IS NOT NULL AS is_unique
FROM information_schema.columns
LEFT JOIN (
    SELECT indkey[0]::integer AS attnum, bool_or(indisprimary) AS is_primary_key
    FROM pg_index
    WHERE indrelid = (format('%I.%I', current_schema(), $1::text))::regclass
      AND indisunique AND indisvalid AND indimmediate AND indnkeyatts = 1 AND indpred IS NULL AND indkey[0] > 0
    GROUP BY indkey[0]
) AS unique_index ON unique_index.attnum = columns.ordinal_position
WHERE columns.table_schema = current_schema() AND columns.table_name = $1
ORDER BY columns.ordinal_position;
