-- $1: the target. Entries whose row is loaded, or, by a chunk that may end what is gone, lies in its range and was neither staged nor rejected.
-- Joined: of a subquery beside an OR that is too large for work_mem, PostgreSQL would read all rows anew for each entry.
DELETE FROM etl_rejected AS cleared USING (
    SELECT entry.key FROM etl_rejected AS entry
    LEFT JOIN pg_temp.staging AS staged ON ARRAY[{staged_key_text}] = entry.key
    LEFT JOIN pg_temp.staging_rejected AS rejected ON rejected.key = entry.key
    WHERE entry.target = $1 AND (
        staged.etl_ordinal IS NOT NULL
        OR {is_ending} AND entry.key[1] IS NOT NULL {entry_in_range} AND rejected.key IS NULL)) AS found
WHERE cleared.target = $1 AND cleared.key = found.key;
