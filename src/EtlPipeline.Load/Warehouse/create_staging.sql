CREATE TEMP TABLE staging ON COMMIT DROP AS SELECT 0::bigint AS etl_ordinal, {columns} FROM {history} AS record WITH NO DATA;
