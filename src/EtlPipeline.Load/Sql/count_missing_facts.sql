-- What append_deletes would do for a table that can't say that a fact is deleted.
SELECT count(DISTINCT record.:"key")
FROM :"target" AS record
WHERE NOT EXISTS (SELECT FROM pg_temp.staging AS staged WHERE staged.:"key" = record.:"key");
