-- Format 1 had numbers where names are now.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(format('%I.etl_migration', current_schema())) AND attname = 'number') THEN
        ALTER TABLE etl_migration RENAME CONSTRAINT etl_migration_pkey TO etl_migration_format_1_pkey;
        ALTER TABLE etl_migration RENAME TO etl_migration_format_1;
    END IF;
END
$$;
CREATE TABLE IF NOT EXISTS etl_migration (name text COLLATE "C" PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp());
COMMENT ON TABLE etl_migration IS 'Which steps the tables of Load itself have had';
