SELECT to_regclass(format('%I.etl_migration', current_schema())) IS NOT NULL;
