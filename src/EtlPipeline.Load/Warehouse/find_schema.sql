-- $1: the schema. CREATE SCHEMA IF NOT EXISTS would ask for the right to create one even if there is nothing to create.
SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1);
