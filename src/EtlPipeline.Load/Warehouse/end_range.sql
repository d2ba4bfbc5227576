-- A chunk holds all rows of its range: what is current, in the range, and neither staged nor rejected, was deleted.
WITH gone AS (
    UPDATE {history} AS record SET valid_to = greatest($1, record.valid_from)
    WHERE record.valid_to IS NULL {record_in_range}
      AND NOT EXISTS (SELECT FROM pg_temp.staging AS staged WHERE ({staged_key}) = ({record_key}))
      AND NOT EXISTS (SELECT FROM pg_temp.staging_rejected AS rejected WHERE rejected.key = ARRAY[{record_key_text}])
    RETURNING {record_key})
INSERT INTO pg_temp.gone ({key}) SELECT {key} FROM gone;
