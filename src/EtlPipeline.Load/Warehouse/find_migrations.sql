-- Not to_regclass: it answers from a cache that doesn't yet know what another session made while this one waited for the lock.
SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = current_schema() AND relname = 'etl_migration' AND attname = 'name';
