-- $1: source and warehouse. The writers, and who asks this, call themselves test. Background workers of the server are nobody's.
SELECT (
    SELECT count(*) FROM pg_stat_activity WHERE datname = ANY ($1) AND application_name = 'etl-pipeline'
) AS connections, (
    SELECT count(*)
    FROM pg_locks
    LEFT JOIN pg_stat_activity AS session USING (pid)
    WHERE database IN (SELECT oid FROM pg_database WHERE datname = ANY ($1))
      AND coalesce(session.backend_type, 'client backend') = 'client backend'
      AND session.application_name IS DISTINCT FROM 'test'
) AS locks;
