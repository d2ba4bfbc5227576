INSERT INTO :"target" AS member (:columns)
SELECT :columns FROM pg_temp.staging
ON CONFLICT (:"key") DO UPDATE SET (:columns) = ROW(:excluded_columns)
WHERE (:member_columns) IS DISTINCT FROM (:excluded_columns);
