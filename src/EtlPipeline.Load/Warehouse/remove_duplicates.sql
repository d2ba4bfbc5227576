-- Of two rows with one key the last one wins.
DELETE FROM pg_temp.staging AS staged
USING (SELECT {key}, max(etl_ordinal) AS etl_ordinal FROM pg_temp.staging GROUP BY {key} HAVING count(*) > 1) AS newest
WHERE ({staged_key}) = ({newest_key}) AND staged.etl_ordinal < newest.etl_ordinal;
