-- Not to_regclass: it answers from a cache that does not yet know what another session made while this one waited for the lock.
SELECT EXISTS (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
               WHERE nspname = current_schema() AND relname = 'etl_migration');
