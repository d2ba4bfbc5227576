-- $1: the schema, $2: milliseconds that a statement may take, 0 for no limit. Temporary tables come last: without pg_temp in the path they
-- would hide the warehouse's. A schema that may not be looked into isn't a current one, and neither is one that a name like "$user" was
-- replaced by. A generic plan costs seventeen times. A chunk's rows are sorted and joined in so much memory.
SELECT CASE
    WHEN set_config('search_path', format('%I, pg_temp', $1::text), false) IS NOT NULL
     AND set_config('plan_cache_mode', 'force_custom_plan', false) IS NOT NULL
     AND set_config('work_mem', '32MB', false) IS NOT NULL
     AND set_config('statement_timeout', $2::text, false) IS NOT NULL
    THEN current_schema() IS NOT DISTINCT FROM $1
END, pg_backend_pid();
