-- $1: the schema. Temporary tables come last: without pg_temp in the path they would hide the warehouse's.
-- A schema that may not be looked into is no current one, and neither is one that a name like "$user" was replaced by.
SELECT CASE
    WHEN set_config('search_path', format('%I, pg_temp', $1::text), false) IS NOT NULL
    THEN current_schema() IS NOT DISTINCT FROM $1
END;
