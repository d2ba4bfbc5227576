-- The range again (changes have none): with it the join reads the chunk's part of the index and not the whole history.
UPDATE {history} AS record SET valid_to = greatest($1, record.valid_from)
FROM pg_temp.changed
WHERE record.{record_id} = changed.record_id AND record.valid_to IS NULL {record_in_range};
