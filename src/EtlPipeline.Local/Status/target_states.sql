-- What Load knows of each target, the rows that are rejected now, and what the daily round has mended.
SELECT target.target,
       target.source_table,
       target.version,
       target.verified_through,
       target.history_since,
       coalesce(target.is_blocked, false),
       (SELECT count(*) FROM {schema}.etl_rejected AS rejected WHERE rejected.target = target.target),
       (SELECT coalesce(sum(load.corrections), 0)::bigint FROM {schema}.etl_load AS load WHERE load.target = target.target)
FROM {schema}.etl_target AS target
ORDER BY target.target
