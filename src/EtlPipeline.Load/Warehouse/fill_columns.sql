-- Columns that were added: a record that differs in nothing else takes their values.
UPDATE {history} AS record SET ({filled}) = ROW({staged_filled})
FROM pg_temp.staging AS staged
WHERE ({record_key}) = ({staged_key}) AND record.valid_to IS NULL {record_in_range}
  AND ROW({record_kept})::record *= ROW({staged_kept})::record AND ROW({record_filled})::record *<> ROW({staged_filled})::record;
