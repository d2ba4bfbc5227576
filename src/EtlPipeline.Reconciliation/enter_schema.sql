-- $1: the schema whose tables are meant by their names alone.
SELECT set_config('search_path', format('%I, pg_temp', $1::text), true);
