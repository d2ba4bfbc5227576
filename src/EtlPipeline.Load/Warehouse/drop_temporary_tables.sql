-- A commit would drop them; in a rehearsal nothing commits.
DO $$
DECLARE
    temporary name;
BEGIN
    FOR temporary IN SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r' LOOP
        EXECUTE format('DROP TABLE pg_temp.%I', temporary);
    END LOOP;
END
$$;
