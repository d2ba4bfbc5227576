CREATE TABLE etl_migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL
);
COMMENT ON TABLE etl_migration IS 'What Load has made in this schema, and when.';
