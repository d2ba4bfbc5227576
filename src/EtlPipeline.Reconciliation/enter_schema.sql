-- $1: the schema for names without a schema.
SELECT set_config('search_path', format('%I, pg_temp', $1::text), true);
