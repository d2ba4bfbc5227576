-- The range again (changes have none): with it the join reads the chunk's part of the index and not the table.
CREATE TEMP TABLE changed ON COMMIT DROP AS
SELECT staged.etl_ordinal, record.{record_id} AS record_id
FROM pg_temp.staging AS staged
LEFT JOIN {history} AS record ON ({record_key}) = ({staged_key}) AND record.valid_to IS NULL {record_in_range}
WHERE record.{record_id} IS NULL OR ROW({record_columns})::record *<> ROW({staged_columns})::record;
