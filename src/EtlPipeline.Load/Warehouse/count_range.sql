-- How many current records the chunk's range holds, and how many of them the chunk would end.
SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM pg_temp.staging AS staged WHERE ({staged_key}) = ({record_key}))
                                    AND NOT EXISTS (SELECT FROM pg_temp.staging_rejected AS rejected WHERE rejected.key = ARRAY[{record_key_text}]))
FROM {history} AS record
WHERE record.valid_to IS NULL {record_in_range};
