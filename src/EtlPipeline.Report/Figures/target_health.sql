-- What the ledger says about each target. A missed version matters until a round that began after it has compared every row. A correction is recent
-- from the day $1 on.
SELECT target.target, target.kind, target.source_table, target.description::text, target.version, target.verified_through, target.history_since, target.is_blocked,
       coalesce(load.inserted, 0)::bigint, coalesce(load.deleted, 0)::bigint, coalesce(load.corrections, 0)::bigint, coalesce(load.recent_corrections, 0)::bigint, load.corrected_at, coalesce(load.missed, 0), load.loaded_at,
       (SELECT count(*) FROM etl_rejected AS rejected WHERE rejected.target = target.target)
FROM etl_target AS target
LEFT JOIN LATERAL (
    SELECT sum(inserted) AS inserted,
           sum(deleted) AS deleted,
           sum(corrections) AS corrections,
           sum(corrections) FILTER (WHERE loaded_at >= $1::timestamp AT TIME ZONE 'UTC') AS recent_corrections,
           max(loaded_at) FILTER (WHERE corrections > 0) AS corrected_at,
           count(*) FILTER (WHERE outcome <> 'loaded' AND version > coalesce(target.verified_through, '')) AS missed,
           max(loaded_at) AS loaded_at
    FROM etl_load
    WHERE etl_load.target = target.target
) AS load ON true
ORDER BY target.target
