-- How many current records the chunk's range holds, and how many of them the chunk would end. Joined: PostgreSQL takes a subquery in FILTER for
-- one that is asked once, and would read all of the chunk anew for each record.
SELECT count(*), count(*) FILTER (WHERE staged.etl_ordinal IS NULL AND rejected.key IS NULL)
FROM {history} AS record
LEFT JOIN pg_temp.staging AS staged ON ({staged_key}) = ({record_key})
LEFT JOIN pg_temp.staging_rejected AS rejected ON rejected.key = ARRAY[{record_key_text}]
WHERE record.valid_to IS NULL {record_in_range};
