-- A row that is the same as the newest record of its key says nothing new.
WITH newest AS (
    SELECT max(record.:"record_id") AS record_id
    FROM :"target" AS record
    JOIN pg_temp.staging AS staged ON staged.:"key" = record.:"key"
    GROUP BY record.:"key"
),
appended AS (
    INSERT INTO :"target" (:columns)
    SELECT :staged_columns
    FROM pg_temp.staging AS staged
    LEFT JOIN (newest JOIN :"target" AS record ON record.:"record_id" = newest.record_id) ON record.:"key" = staged.:"key"
    WHERE record.:"record_id" IS NULL OR (:staged_columns) IS DISTINCT FROM (:record_columns)
    ORDER BY staged.etl_ordinal
    RETURNING :deleted_mark AS is_deleted
)
SELECT count(*), count(*) FILTER (WHERE is_deleted) FROM appended;
