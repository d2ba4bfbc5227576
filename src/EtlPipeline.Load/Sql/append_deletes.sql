-- The version holds all that exists: what is not in it is gone.
INSERT INTO :"target" (:columns, is_deleted)
SELECT :record_columns, true
FROM :"target" AS record
WHERE record.is_deleted IS NOT TRUE
  AND NOT EXISTS (SELECT FROM pg_temp.staging AS staged WHERE staged.:"key" = record.:"key")
  AND NOT EXISTS (
      SELECT FROM :"target" AS newer WHERE newer.:"key" = record.:"key" AND newer.:"record_id" > record.:"record_id")
ORDER BY record.:"record_id";
