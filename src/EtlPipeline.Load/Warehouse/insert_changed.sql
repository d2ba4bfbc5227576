INSERT INTO {history} ({inserted}, valid_from)
SELECT {inserted_values}, $1 FROM pg_temp.changed JOIN pg_temp.staging AS staged USING (etl_ordinal) ORDER BY etl_ordinal;
