-- What format 1 knew of its own versions means nothing here; it is kept under another name.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(format('%I.etl_load', current_schema())) AND attname = 'is_skipped') THEN
        ALTER TABLE etl_load RENAME CONSTRAINT etl_load_pkey TO etl_load_format_1_pkey;
        ALTER TABLE etl_load RENAME TO etl_load_format_1;
    END IF;
END
$$;

-- Stamps are texts that sort as the moments do.
CREATE TABLE etl_target (
    target text COLLATE "C" PRIMARY KEY,
    kind text NOT NULL,
    source text,
    source_table text,
    version text COLLATE "C",
    complete_after text COLLATE "C" NOT NULL DEFAULT '',
    newest_complete text COLLATE "C",
    verified_through text COLLATE "C",
    history_since text COLLATE "C",
    mapping text,
    is_blocked boolean NOT NULL DEFAULT false,
    filling jsonb NOT NULL DEFAULT '{}',
    description jsonb
);
COMMENT ON TABLE etl_target IS 'Each target of the pipeline, and how far it is right';
COMMENT ON COLUMN etl_target.version IS 'The newest version that was applied or stepped over; the next ones come after it';
COMMENT ON COLUMN etl_target.complete_after IS 'All versions after this one are here and could be read';
COMMENT ON COLUMN etl_target.newest_complete IS 'The newest version after which no part of the source table was unread';
COMMENT ON COLUMN etl_target.verified_through IS 'Every row has been compared with the source since then, but for rejected ones';
COMMENT ON COLUMN etl_target.history_since IS 'The run from which on the as-of function shows what the source had';
COMMENT ON COLUMN etl_target.mapping IS 'A hash of what the rows were made by';
COMMENT ON COLUMN etl_target.is_blocked IS 'A chunk would have ended most of its range: nothing is ended until deletes are accepted';
COMMENT ON COLUMN etl_target.filling IS 'Columns that were added, each with the version that brought it: until they are filled, a difference in them makes no new record';

CREATE TABLE etl_load (
    target text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    previous text COLLATE "C",
    run timestamptz,
    run_stamp text COLLATE "C",
    kind text,
    reason text,
    outcome text NOT NULL CHECK (outcome IN ('loaded', 'unreadable', 'damaged', 'skipped')),
    rows bigint NOT NULL DEFAULT 0,
    inserted bigint NOT NULL DEFAULT 0,
    ended bigint NOT NULL DEFAULT 0,
    deleted bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    corrections bigint NOT NULL DEFAULT 0,
    is_complete boolean NOT NULL DEFAULT false,
    oldest_read text COLLATE "C",
    complete_after text COLLATE "C" NOT NULL,
    verified_through text COLLATE "C",
    extracted_at timestamptz,
    loaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    request_id text NOT NULL,
    PRIMARY KEY (target, version)
);
COMMENT ON TABLE etl_load IS 'The versions that this warehouse holds. An entry commits together with the rows of its version';
COMMENT ON COLUMN etl_load.rows IS 'Good rows in the version';
COMMENT ON COLUMN etl_load.inserted IS 'Records that began';
COMMENT ON COLUMN etl_load.ended IS 'Records that a newer state of their row ended';
COMMENT ON COLUMN etl_load.deleted IS 'Records that ended because their row is gone';
COMMENT ON COLUMN etl_load.corrections IS 'Records that the daily round wrote although they should have been followed';

CREATE TABLE etl_rejected (
    target text COLLATE "C" NOT NULL,
    key text[] COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    since text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (target, key)
);
COMMENT ON TABLE etl_rejected IS 'Rows of the source that could not be transformed; an entry goes when its row is loaded or gone';
COMMENT ON COLUMN etl_rejected.key IS 'The key as text; if it could not be read, NULL, the version and a number, until every row has been read again';
