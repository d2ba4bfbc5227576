-- $1: the target, $2: the version
INSERT INTO etl_rejected (target, key, version, since, reason) SELECT $1, key, $2, $2, reason FROM pg_temp.staging_rejected
ON CONFLICT (target, key) DO UPDATE SET version = excluded.version, reason = excluded.reason;
