-- Of two rows with one key the last one wins.
ANALYZE pg_temp.staging;
DELETE FROM pg_temp.staging AS staged
USING (
    SELECT :"key", max(etl_ordinal) AS etl_ordinal FROM pg_temp.staging GROUP BY :"key" HAVING count(*) > 1
) AS last
WHERE staged.:"key" = last.:"key" AND staged.etl_ordinal < last.etl_ordinal;
