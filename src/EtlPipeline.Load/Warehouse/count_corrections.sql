-- $1: the target. What differs, or is gone, of rows that weren't rejected before.
SELECT (SELECT count(*) FROM pg_temp.changed JOIN pg_temp.staging AS staged USING (etl_ordinal)
        WHERE NOT EXISTS (SELECT FROM etl_rejected AS entry WHERE entry.target = $1 AND entry.key = ARRAY[{staged_key_text}]))
     + (SELECT count(*) FROM pg_temp.gone AS gone
        WHERE NOT EXISTS (SELECT FROM etl_rejected AS entry WHERE entry.target = $1 AND entry.key = ARRAY[{gone_key_text}]));
