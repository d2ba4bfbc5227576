CREATE TABLE etl_load (
    target text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    rows bigint NOT NULL,
    written bigint NOT NULL,
    deleted bigint NOT NULL,
    rejected bigint NOT NULL,
    is_skipped boolean NOT NULL,
    loaded_at timestamptz NOT NULL,
    request_id text NOT NULL,
    PRIMARY KEY (target, version)
);

COMMENT ON TABLE etl_load IS 'Which versions this warehouse holds. An entry was committed together with the rows of its version.';
COMMENT ON COLUMN etl_load.rows IS 'Rows in the Parquet file';
COMMENT ON COLUMN etl_load.written IS 'Rows inserted or updated';
COMMENT ON COLUMN etl_load.deleted IS 'How many of the written rows are records of deletes';
COMMENT ON COLUMN etl_load.rejected IS 'Rows that Transform could not use; they lie under rejected/ in the processed bucket';
COMMENT ON COLUMN etl_load.is_skipped IS 'The version could not be loaded, and a later one made from all rows took its place';
