-- $1: the target. Entries whose row is loaded, or, by a chunk that may end what is gone, lies in its range and was neither staged nor rejected.
DELETE FROM etl_rejected AS entry WHERE entry.target = $1 AND (
    EXISTS (SELECT FROM pg_temp.staging AS staged WHERE ARRAY[{staged_key_text}] = entry.key)
    OR {is_ending} AND entry.key[1] IS NOT NULL {entry_in_range}
       AND NOT EXISTS (SELECT FROM pg_temp.staging_rejected AS rejected WHERE rejected.key = entry.key));
